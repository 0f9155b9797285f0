namespace PluginLoggers.Hosting.Tests.Import;

/// <summary>Finds the runs that a test gives it, wherever it looks.</summary>
[LoggerPlugin("Source")]
internal sealed class SourcePlugin : ILoggerPlugin<SourcePlugin.NoOptions>, IRunSource
{
    public List<TestSource> Runs { get; } = [];

    public IReadOnlyList<SourceRun> FindRuns(string path) => Runs;

    public ILightningLogger Create(NoOptions options, LoggerContext context) => new DummyLogger();

    internal sealed class NoOptions;
}
