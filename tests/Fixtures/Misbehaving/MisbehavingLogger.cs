using System.Globalization;
using System.Text;

namespace PluginLoggers.Fixtures;

/// <summary>
/// Writes one line a metric or text, <c>step name value</c>, and a line for each status; its bookmark is the length of the file.
/// </summary>
internal sealed class MisbehavingLogger(MisbehavingOptions options, LoggerContext context, Misfortune misfortune)
    : LightningLoggerBase(context)
{
    private readonly StringBuilder _lines = new();
    private long? _length;

    public override LoggerFeatures Features => LoggerFeatures.Metrics | LoggerFeatures.Text;

    public override string? Bookmark
    {
        get
        {
            misfortune.Strike(nameof(Bookmark));
            return options.Bookmarks ? _length?.ToString(CultureInfo.InvariantCulture) ?? Context!.Bookmark : null;
        }
    }

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        misfortune.Strike(nameof(LogMetrics));
        foreach (var metric in metrics)
        {
            RefuseRejected(metric.Name);
            Add(metric.Name, metric.Value.ToString("R", CultureInfo.InvariantCulture), step);
        }
    }

    public override void LogText(string name, string text, long? step = null)
    {
        misfortune.Strike(nameof(LogText));
        RefuseRejected(name);
        Add(name, text, step);
    }

    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        misfortune.Strike(nameof(SaveAsync));
        Write();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
    {
        misfortune.Strike(nameof(FinalizeAsync));
        _lines.Append(CultureInfo.InvariantCulture, $"{status}\n");
        Write();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask DisposeAsyncCore()
    {
        misfortune.Strike(nameof(DisposeAsync));
        return base.DisposeAsyncCore();
    }

    private void RefuseRejected(string name)
    {
        if (options.Reject.Length > 0 && name.Contains(options.Reject, StringComparison.Ordinal))
        {
            throw new LoggerRejectedException($"The name {name} is not accepted, as the options say.");
        }
    }

    private void Add(string name, string value, long? step) => _lines.Append(CultureInfo.InvariantCulture, $"{step} {name} {value}\n");

    private void Write()
    {
        Directory.CreateDirectory(Context!.OutputDirectory);
        using var file = new FileStream(Path.Combine(Context!.OutputDirectory, options.File), FileMode.OpenOrCreate, FileAccess.Write);
        var start = _length ?? (Context!.Bookmark is { } bookmark ? long.Parse(bookmark, CultureInfo.InvariantCulture) : 0);
        if (file.Length < start)
        {
            throw new InvalidDataException($"{file.Name} has {file.Length} bytes, and {start} had been saved.");
        }

        // Without bookmarks a new instance adds to what is there: each record at least once.
        file.SetLength(options.Bookmarks || _length is not null ? start : file.Length);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(_lines.ToString()));
        file.Flush(flushToDisk: true);
        _length = file.Length;
        _lines.Clear();
    }
}
