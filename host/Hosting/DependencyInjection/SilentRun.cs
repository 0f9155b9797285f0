namespace PluginLoggers.Hosting.DependencyInjection;

/// <summary>The run of a process that logs nothing: it takes everything, has no loggers, and a dummy under any key.</summary>
internal sealed class SilentRun() : LoggerCollection(Enumerable.Empty<ILightningLogger>())
{
    private readonly DummyLogger _dummy = new();

    public override object Experiment => _dummy.Experiment;

    public override LoggerFeatures Features => _dummy.Features;

    public override ILightningLogger this[string key] => _dummy;
}
