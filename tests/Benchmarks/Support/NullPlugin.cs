namespace PluginLoggers.Benchmarks.Support;

/// <summary>A backend that takes everything and keeps nothing.</summary>
[LoggerPlugin("Null")]
internal sealed class NullPlugin : ILoggerPlugin<NoOptions>
{
    public ILightningLogger Create(NoOptions options, LoggerContext context) => new DummyLogger();
}
