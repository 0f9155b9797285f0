using System.Globalization;
using System.Text;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>A CSV file as a reader of RFC 4180 sees it: character by character, and with nothing in common with the writer.</summary>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static CsvTable Parse(string text, char separator = ',')
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var field = new StringBuilder();
        var (inQuotes, wasQuoted) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when inQuotes && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"' when inQuotes:
                    inQuotes = false;
                    break;
                case '"' when field.Length == 0 && !wasQuoted:
                    (inQuotes, wasQuoted) = (true, true);
                    break;
                case '"':
                    throw new FormatException($"A quote inside a field without quotes, at {i}.");
                case var character when character == separator && !inQuotes:
                    EndField();
                    break;
                case '\r' when !inQuotes && i + 1 < text.Length && text[i + 1] == '\n':
                    EndField();
                    records.Add(record);
                    record = [];
                    i++;
                    break;
                case '\r' or '\n' when !inQuotes:
                    throw new FormatException($"A bare line end outside quotes, at {i}.");
                default:
                    field.Append(wasQuoted && !inQuotes ? throw new FormatException($"Text behind a quote, at {i}.") : text[i]);
                    break;
            }
        }

        if (inQuotes || field.Length > 0 || record.Count > 0)
        {
            throw new FormatException("The last record has no end.");
        }

        if (records.Count == 0)
        {
            return new CsvTable([], []);
        }

        return records.TrueForAll(row => row.Count == records[0].Count)
            ? new CsvTable(records[0], [.. records.Skip(1)])
            : throw new FormatException("The rows differ in width.");

        void EndField()
        {
            record.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }
    }

    /// <summary>Every value with its step and its column; a missing one is none.</summary>
    public IEnumerable<(string Column, long Step, double Value)> Points()
    {
        var step = Columns.ToList().IndexOf("step");
        return Rows.SelectMany(row => Columns.Index()
            .Where(column => column.Index != step && row[column.Index].Length > 0)
            .Select(column => (column.Item, long.Parse(row[step], CultureInfo.InvariantCulture), Number(row[column.Index]))));
    }

    /// <summary>
    /// A cell as pandas, polars, DuckDB and R read it: each of them knows NaN, inf and -inf, and an exponent in either case.
    /// </summary>
    public static double Number(string cell) => cell switch
    {
        "NaN" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(cell, Decimal, CultureInfo.InvariantCulture),
    };
}
