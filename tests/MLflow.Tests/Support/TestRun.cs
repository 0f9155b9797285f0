using PluginLoggers.Contract;

namespace PluginLoggers.MLflow.Tests;

/// <summary>A run that is logged to a server, instance by instance, as a host does it.</summary>
internal sealed class TestRun
{
    public static readonly DateTimeOffset Start = new(2024, 2, 29, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly List<string> _reports = [];

    /// <param name="address">The server.</param>
    /// <param name="parent">A run that it is a part of, in the same experiment; null for none.</param>
    public TestRun(string address, TestRun? parent = null)
    {
        Address = address;
        Experiment = parent?.Experiment ?? $"experiment é/ü {Guid.NewGuid():N}";
        Context = new LoggerContext
        {
            Key = "mlflow",
            OutputDirectory = Path.GetTempPath(),
            RunName = "not-the-experiment",
            RunVersion = "version_7",
            ParentRunId = parent?.Context.RunId,
            StartTime = Start,
            Time = Time,
            Tags = new Dictionary<string, string> { ["team"] = "a", ["bad#key"] = "kept" },
            Reporter = Note,
        };
    }

    public string Address { get; }

    /// <summary>The experiment, which no other test has.</summary>
    public string Experiment { get; }

    public LoggerContext Context { get; }

    public SettableTime Time { get; } = new() { Now = Start };

    public IReadOnlyList<string> Reports => _reports;

    public Dictionary<string, string?> EnvironmentVariables { get; } = [];

    public MLflowOptions Options => new() { TrackingUri = Address, ExperimentName = Experiment };

    public MLflowLogger Create(string? bookmark = null, MLflowOptions? options = null, TimeProvider? clock = null)
    {
        var context = new LoggerContext
        {
            Key = Context.Key,
            OutputDirectory = Context.OutputDirectory,
            RunName = Context.RunName,
            RunVersion = Context.RunVersion,
            RunId = Context.RunId,
            ParentRunId = Context.ParentRunId,
            Tags = Context.Tags,
            StartTime = Context.StartTime,
            Time = Context.Time,
            Reporter = Note,
            Bookmark = bookmark,
        };
        return MLflowPlugin.Create(options ?? Options, context, EnvironmentVariables.GetValueOrDefault, clock ?? TimeProvider.System);
    }

    /// <summary>Logs one metric at a second after the start.</summary>
    public void Log(MLflowLogger logger, int second, params ReadOnlySpan<Metric> metrics)
    {
        Time.Now = Start.AddSeconds(second);
        logger.LogMetrics(metrics, second);
    }

    /// <summary>As a host does it: the same text is told once.</summary>
    private void Note(string report)
    {
        if (!_reports.Contains(report))
        {
            _reports.Add(report);
        }
    }
}
