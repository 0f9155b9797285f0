using System.Text;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// The names of the columns as the first record of a CSV file (<see href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</see>, UTF-8
/// without a mark).
/// </summary>
internal static class CsvHeader
{
    /// <summary>The record, its line end included; quoted is what would be read as something else, and nothing more.</summary>
    public static byte[] ToBytes(IReadOnlyList<string> names, CsvFormat format) =>
        Encoding.UTF8.GetBytes(string.Join((char)format.Separator, names.Select(format.Cell)) + "\r\n");

    /// <summary>Reads the first record of a stream, as <see cref="ToBytes"/> writes it, and somewhat more freely quoted.</summary>
    /// <returns>The names, and the length of the record in bytes, its line end included. The stream stands anywhere.</returns>
    /// <exception cref="InvalidDataException">It is torn, no UTF-8, no record, or has a name twice.</exception>
    public static (IReadOnlyList<string> Names, int Length) Read(Stream stream, byte separator)
    {
        var reader = new CsvReader(stream, separator);
        if (!reader.Read() || reader.Damage is not null || !reader.EndsWithCrLf)
        {
            throw new InvalidDataException($"its header {reader.Damage ?? "is not whole"}");
        }

        string[] names = [.. Enumerable.Range(0, reader.Count).Select(reader.Text).OfType<string>()];
        return names.Length < reader.Count ? throw new InvalidDataException("its header is no UTF-8")
            : names.Distinct(StringComparer.Ordinal).Count() < names.Length ? throw new InvalidDataException("its header has a name twice")
            : ((IReadOnlyList<string> Names, int Length))(names, (int)reader.End);
    }
}
