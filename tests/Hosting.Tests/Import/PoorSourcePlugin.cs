namespace PluginLoggers.Hosting.Tests.Import;

/// <summary>Finds one run in the place itself, of which it can read the metrics only.</summary>
[LoggerPlugin("APoorSource")]
internal sealed class PoorSourcePlugin : ILoggerPlugin<SourcePlugin.NoOptions>, IRunSource
{
    public IReadOnlyList<SourceRun> FindRuns(string path) => [new TestSource { Holds = LoggerFeatures.Metrics }];

    public ILightningLogger Create(SourcePlugin.NoOptions options, LoggerContext context) => new DummyLogger();
}
