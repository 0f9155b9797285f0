namespace PluginLoggers.Hosting.Tests.Import;

/// <summary>A run that a test has written.</summary>
internal sealed class TestSource : SourceRun
{
    public static readonly DateTimeOffset Start = new(2019, 5, 4, 3, 2, 1, TimeSpan.Zero);

    public string Folder { get; init; } = "";

    public List<Action<IImportTarget>> Calls { get; } = [];

    public RunStatus Status { get; set; } = RunStatus.Finished;

    public LoggerFeatures Holds { get; init; } = LoggerFeatures.All;

    public override string Name => Folder;

    public override long Bytes => Calls.Count;

    public override LoggerFeatures Features => Holds;

    /// <summary>Logs so many steps of a loss, a second each.</summary>
    public static TestSource OfSteps(int steps, double factor = 1, string folder = "")
    {
        var source = new TestSource { Folder = folder };
        source.Grow(steps, factor);
        return source;
    }

    public void Grow(int steps, double factor = 1)
    {
        for (var i = 0; i < steps; i++)
        {
            var step = Calls.Count;
            Calls.Add(target =>
            {
                target.Time = Start.AddSeconds(step);
                target.Logger.LogMetrics([new("loss", factor * step), new("lr", 0.5)], step);
            });
        }
    }

    public override RunStatus ReadTo(IImportTarget target, CancellationToken cancellationToken)
    {
        foreach (var call in Calls)
        {
            cancellationToken.ThrowIfCancellationRequested();
            call(target);
            target.BytesRead++;
        }

        return Status;
    }
}
