using System.Globalization;
using PluginLoggers.Csv.Table;

namespace PluginLoggers.Csv.Import;

/// <summary>Logs the rows of a table of either layout, with any of our separators: one call a row.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="target">Takes the rows.</param>
/// <param name="before">How many bytes of the run were read before.</param>
/// <param name="cancellationToken">Ends the reading between two rows.</param>
internal sealed class MetricsSource(string path, IImportTarget target, long before, CancellationToken cancellationToken)
{
    private const string Step = "step";

    private Metric[] _metrics = [];
    private string[] _names = [];

    public void Read(Stream file)
    {
        if (FindHeader(file) is not { } rows)
        {
            return;
        }

        var isTidy = TidyHeader.Columns.SequenceEqual(_names) || TidyHeader.ColumnsWithTime.SequenceEqual(_names);
        var step = Array.IndexOf(_names, Step);
        _metrics = new Metric[_names.Length];
        while (TryRead(rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.BytesRead = before + rows.End;
            if (rows.IsBlank && _names.Length > 1)
            {
                continue;
            }

            if (ProblemOf(rows, step, out var at) is { } problem)
            {
                target.ReportDamage(path, rows.Offset, problem);
            }
            else if (isTidy)
            {
                LogValue(rows, at);
            }
            else
            {
                LogRow(rows, step, at);
            }
        }
    }

    /// <summary>Reads on; a disk that refuses ends the file.</summary>
    private bool TryRead(CsvReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (IOException refusal)
        {
            target.ReportDamage(path, rows.End, $"it cannot be read on: {refusal.Message}");
            return false;
        }
    }

    /// <summary>Finds the separator: the one with which the header has a column of steps.</summary>
    /// <returns>The rows behind the header; null if there is none, which is reported.</returns>
    private CsvReader? FindHeader(Stream file)
    {
        Span<byte> mark = stackalloc byte[3];
        var start = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.SequenceEqual("\uFEFF"u8) ? 3 : 0;
        string? problem = null;
        foreach (var separator in CsvFormat.Separators)
        {
            file.Position = start;
            var reader = new CsvReader(file, separator, start);
            if (!TryRead(reader))
            {
                problem ??= "it is empty";
            }
            else if (reader.Damage is not null)
            {
                problem ??= $"its header {reader.Damage}";
            }
            else
            {
                string?[] names = [.. Enumerable.Range(0, reader.Count).Select(reader.Text)];
                if (Array.IndexOf(names, Step) >= 0 && Array.IndexOf(names, null) < 0)
                {
                    _names = names!;
                    return reader;
                }

                problem ??= names.Contains(null) ? "its header is no UTF-8" : $"its header has no column '{Step}'";
            }
        }

        target.ReportDamage(path, 0, problem!);
        return null;
    }

    private string? ProblemOf(CsvReader row, int step, out long at)
    {
        at = 0;
        return row.Damage is not null ? $"the row {row.Damage}"
            : row.Count != _names.Length
                ? string.Create(CultureInfo.InvariantCulture, $"the row has {row.Count} cells, and the header {_names.Length}")
            : !Cell.TryStep(row[step], out at) ? "the row has no whole number as its step"
            : null;
    }

    private void LogRow(CsvReader row, int stepColumn, long step)
    {
        var count = 0;
        for (var column = 0; column < _names.Length; column++)
        {
            if (column == stepColumn || row[column].IsEmpty)
            {
                continue;
            }

            if (TryNumber(row, column, _names[column], out var value))
            {
                _metrics[count++] = new Metric(_names[column], value);
            }
        }

        for (var done = 0; done < count; done += RecordLimits.MaxMetricsPerCall)
        {
            target.Logger.LogMetrics(_metrics.AsSpan(done, Math.Min(RecordLimits.MaxMetricsPerCall, count - done)), step);
        }
    }

    private void LogValue(CsvReader row, long step)
    {
        if (row.Text(TidyHeader.Name) is not { } name)
        {
            target.ReportDamage(path, row.Offset, "the row has a name that is no UTF-8");
            return;
        }

        if (row.Count > TidyHeader.Time)
        {
            target.Time = Cell.TryTime(row[TidyHeader.Time], out var time) ? time : null;
            if (target.Time is null && !row[TidyHeader.Time].IsEmpty)
            {
                target.ReportDamage(path, row.Offset, "the row has a time that is none");
            }
        }

        if (!row[TidyHeader.Value].IsEmpty && TryNumber(row, TidyHeader.Value, name, out var value))
        {
            target.Logger.LogMetrics([new Metric(name, value)], step);
        }
    }

    /// <summary>Text among numbers is left out; a number that is none is damage. A name that nobody takes is left out as well.</summary>
    private bool TryNumber(CsvReader row, int column, string name, out double value)
    {
        if (Cell.TryNumber(row[column], out value))
        {
            if (name.Length <= RecordLimits.MaxNameBytes / 4 || System.Text.Encoding.UTF8.GetByteCount(name) <= RecordLimits.MaxNameBytes)
            {
                return true;
            }

            target.ReportSkipped("metrics with a name that is too long");
        }
        else if (Cell.IsText(row[column]))
        {
            target.ReportSkipped("cells with text");
        }
        else
        {
            target.ReportDamage(path, row.Offset, $"the row has no number as '{Shortened(name)}'");
        }

        return false;
    }

    private static string Shortened(string name) => name.Length > 80 ? name[..80] + "..." : name;
}
