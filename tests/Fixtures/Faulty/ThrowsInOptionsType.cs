namespace PluginLoggers.Fixtures;

/// <summary>Cannot even say what its options are.</summary>
[LoggerPlugin(nameof(ThrowsInOptionsType))]
public sealed class ThrowsInOptionsType : ILoggerPlugin
{
    /// <inheritdoc/>
    public Type OptionsType => throw new NotSupportedException("no options on Tuesdays");

    /// <inheritdoc/>
    public ILightningLogger Create(object options, LoggerContext context) => new DummyLogger();
}
