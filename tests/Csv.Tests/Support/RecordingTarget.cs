using PluginLoggers.Contract;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>Keeps what is read back, and what could not be.</summary>
internal sealed class RecordingTarget : IImportTarget
{
    private readonly SettableTime _time;
    private readonly RecordingLogger _logger;

    public RecordingTarget()
        : this(new SettableTime { Now = default })
    {
    }

    private RecordingTarget(SettableTime time)
        : this(time, new RecordingLogger(time))
    {
    }

    private RecordingTarget(SettableTime time, RecordingLogger logger) => (_time, _logger) = (time, logger);

    public ILightningLogger Logger => _logger;

    public DateTimeOffset? Time
    {
        get;
        set
        {
            field = value;
            _time.Now = value ?? default;
        }
    }

    public long BytesRead { get; set; }

    public List<(string File, long Offset, string Reason)> Damages { get; } = [];

    public List<string> Skipped { get; } = [];

    public IReadOnlyList<LoggedRecord> Records => _logger.Records;

    public IReadOnlyDictionary<string, object?> Hyperparams => _logger.Hyperparams;

    public IEnumerable<(string Name, long Step, double Value)> Points =>
        _logger.Points.Select(point => (point.Name, point.Step, point.Value));

    public void ReportDamage(string file, long offset, string reason) => Damages.Add((file, offset, reason));

    public void ReportSkipped(string what) => Skipped.Add(what);
}
