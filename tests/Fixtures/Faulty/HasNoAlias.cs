namespace PluginLoggers.Fixtures;

/// <summary>Cannot be chosen.</summary>
[LoggerPlugin(" ")]
public sealed class HasNoAlias : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) => new DummyLogger();
}
