using System.Globalization;

namespace PluginLoggers.Contract;

/// <summary>Keeps everything that it is given, for the tests of a trainer or of a host. Safe for use from several threads.</summary>
/// <example>
/// <code>
/// await using var logger = new RecordingLogger();
/// new Trainer(logger).Train();
/// Assert.Contains(logger.Points, point => point.Name == "val/loss" &amp;&amp; point.Value &lt; 0.1);
/// </code>
/// </example>
public sealed partial class RecordingLogger : LightningLoggerBase
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<LoggedRecord> _records = [];
    private readonly List<RunStatus> _statuses = [];
    private readonly int _savedBefore;
    private string? _bookmark;
    private long? _largestStep;
    private int _saved;
    private int _saves;
    private bool _isDisposed;

    /// <summary>Creates a logger for the test of a trainer.</summary>
    /// <param name="time">The clock of <see cref="LoggedRecord.Time"/>; null is the system's.</param>
    public RecordingLogger(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Creates a logger for the test of a host.</summary>
    /// <param name="context">What the run gives it; its bookmark is the number of records that earlier instances saved.</param>
    public RecordingLogger(LoggerContext context)
        : base(context)
    {
        _time = context.Time;
        _savedBefore = context.Bookmark is { } bookmark ? int.Parse(bookmark, CultureInfo.InvariantCulture) : 0;
        _bookmark = context.Bookmark;
    }

    /// <summary>
    /// Asked before a record is kept; an exception that it returns is thrown, and the record is not kept. Null never fails.
    /// </summary>
    public Func<LoggedRecord, Exception?>? FailLog { get; set; }

    /// <summary>
    /// Asked at each save and each finalization before it counts; an exception that it returns is thrown. Null never fails.
    /// </summary>
    public Func<Exception?>? FailSave { get; set; }

    /// <summary>What the logger can show: everything, unless it is set otherwise.</summary>
    public LoggerFeatures CanShow { get; set; } = LoggerFeatures.All;

    /// <inheritdoc/>
    public override LoggerFeatures Features => CanShow;

    /// <summary>How many records this instance and the one before it saved; null before the first save.</summary>
    public override string? Bookmark => Locked(() => _bookmark);

    /// <summary>Everything that was logged so far, in order; a copy.</summary>
    public IReadOnlyList<LoggedRecord> Records => Locked(() => _records.ToArray());

    /// <summary>What was logged before the last successful save or finalization; a copy.</summary>
    public IReadOnlyList<LoggedRecord> SavedRecords => Locked(() => _records.Take(_saved).ToArray());

    /// <summary>Every value of every metric so far, in order, without those that came with hyperparameters.</summary>
    public IReadOnlyList<RecordedPoint> Points =>
    [
        .. Records.OfType<LoggedRecord.Metrics>().SelectMany(record => record.Values.Select(metric =>
            new RecordedPoint(metric.Name, record.Step, metric.Value, record.Time))),
    ];

    /// <summary>The hyperparameters so far; of a name that was logged twice, the later value.</summary>
    public IReadOnlyDictionary<string, object?> Hyperparams
    {
        get
        {
            var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in Records.OfType<LoggedRecord.Hyperparams>().SelectMany(record => record.Values))
            {
                merged[name] = value;
            }

            return merged;
        }
    }

    /// <summary>The statuses with which the run was finalized so far, in order; a copy.</summary>
    public IReadOnlyList<RunStatus> Statuses => Locked(() => _statuses.ToArray());

    /// <summary>The last of <see cref="Statuses"/>; <see cref="RunStatus.Running"/> before the first.</summary>
    public RunStatus Status => Locked(() => _statuses.Count > 0 ? _statuses[^1] : RunStatus.Running);

    /// <summary>How many saves succeeded.</summary>
    public int SaveCount => Locked(() => _saves);

    /// <summary>Whether the logger was disposed.</summary>
    public bool IsDisposed => Locked(() => _isDisposed);
}
