namespace PluginLoggers.Fixtures;

/// <summary>Likes no options.</summary>
[LoggerPlugin(nameof(RefusesOptions))]
public sealed class RefusesOptions : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) =>
        throw new LoggerOptionsException(nameof(options.Address), $"\"{options.Address}\"", "an address");
}
