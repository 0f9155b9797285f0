namespace PluginLoggers.Fixtures;

/// <summary>Fails whenever it is to create a logger.</summary>
[LoggerPlugin(nameof(ThrowsInCreate))]
public sealed class ThrowsInCreate : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) =>
        throw new InvalidOperationException("nothing works today");
}
