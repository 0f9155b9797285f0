using System.Globalization;
using System.Text;
using PluginLoggers.Csv.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// A row a value: <c>step,name,value</c>, and <c>time</c> if it is wanted, in ISO 8601 to the microsecond. Rows wait as the bytes that they
/// become; a name is encoded once.
/// </summary>
internal sealed class TidyTable : IMetricTable
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    private readonly CsvFormat _format;
    private readonly string? _prefix;
    private readonly TimeProvider? _time;
    private readonly Action<string> _report;
    private readonly byte[] _header;
    private readonly Dictionary<string, byte[]> _cells = new(StringComparer.Ordinal);
    private byte[] _pending = new byte[4096];
    private int _pendingLength;
    private long _pendingRows;
    private long _length;

    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="prefix">Stands before every metric's name, or null.</param>
    /// <param name="time">The clock of the run; null for a table without times.</param>
    /// <param name="report">Tells the user of a name that had to be changed.</param>
    public TidyTable(string path, CsvFormat format, string? prefix, TimeProvider? time, Action<string> report)
    {
        (Path, _format, _prefix, _time, _report) = (path, format, prefix, time, report);
        _header = CsvHeader.ToBytes(time is null ? TidyHeader.Columns : TidyHeader.ColumnsWithTime, format);
    }

    public string Path { get; }

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<Metric> metrics, long step)
    {
        var time = _time?.GetUtcNow().UtcDateTime ?? default;
        foreach (ref readonly var metric in metrics)
        {
            var name = CellOf(metric.Name);
            Reserve(name.Length + _format.Numbers.MaxLength + TimeFormat.Length + 32);
            _pendingLength += NumberText.Write(step, _pending.AsSpan(_pendingLength));
            Append(_format.Separator);
            name.CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += name.Length;
            Append(_format.Separator);
            _pendingLength += _format.Numbers.Write(metric.Value, _pending.AsSpan(_pendingLength));
            if (_time is not null)
            {
                Append(_format.Separator);
                time.TryFormat(_pending.AsSpan(_pendingLength), out var length, TimeFormat, CultureInfo.InvariantCulture);
                _pendingLength += length;
            }

            Append((byte)'\r');
            Append((byte)'\n');
        }

        _pendingRows += metrics.Length;
    }

    public void CutBack(long rows)
    {
        (Rows, _length) = (0, 0);
        if (rows == 0)
        {
            DurableFile.Delete(Path);
            return;
        }

        _length = TableFile.CutBack(Path, rows, file => Measure(file, rows));
        Rows = rows;
    }

    public void Append()
    {
        if (_pendingRows == 0)
        {
            return;
        }

        var pending = _pending.AsMemory(0, _pendingLength);
        if (Rows == 0)
        {
            DurableFile.Replace(Path, file =>
            {
                file.Write(_header);
                file.Write(pending.Span);
                _length = file.Position;
            });
        }
        else
        {
            using var file = TableFile.Open(Path, FileAccess.Write, _length);
            file.Position = _length;
            DurableStep.Before("write", Path);
            file.Write(pending.Span);
            DurableStep.Before("sync", Path);
            file.Flush(flushToDisk: true);
            _length = file.Position;
        }

        Rows += _pendingRows;
    }

    public void Clear() => (_pendingLength, _pendingRows) = (0, 0);

    /// <summary>The length of a file with so many rows; takes nothing for a row that is none.</summary>
    private long Measure(FileStream file, long rows)
    {
        Span<byte> header = stackalloc byte[_header.Length];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.SequenceEqual(_header))
        {
            throw new InvalidDataException("its header is another");
        }

        var reader = new CsvReader(file, _format.Separator, _header.Length);
        for (var row = 1L; row <= rows; row++)
        {
            if (!reader.Read() || reader.Damage is not null || !reader.EndsWithCrLf || !TidyHeader.IsRow(reader, _time is not null))
            {
                throw new InvalidDataException($"it has {row - 1} whole rows only");
            }
        }

        return reader.End;
    }

    private byte[] CellOf(string metric)
    {
        if (_cells.TryGetValue(metric, out var cell))
        {
            return cell;
        }

        var name = MetricNames.AddPrefix(_prefix, metric);
        cell = Encoding.UTF8.GetBytes(name.Length == 0 ? "\"\"" : _format.Cell(name));
        if (Encoding.UTF8.GetString(cell) is var written && written != name && written.Contains('\uFFFD', StringComparison.Ordinal)
            && !name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            _report($"The metric '{written}' has a name that is no text: what cannot be written stands as U+FFFD in metrics.csv.");
        }

        _cells.Add(metric, cell);
        return cell;
    }

    private void Append(byte character) => _pending[_pendingLength++] = character;

    private void Reserve(int length)
    {
        if (_pending.Length - _pendingLength < length)
        {
            Array.Resize(ref _pending, Math.Max(2 * _pending.Length, _pendingLength + length));
        }
    }
}
