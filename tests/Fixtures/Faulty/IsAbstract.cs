namespace PluginLoggers.Fixtures;

/// <summary>Cannot be created.</summary>
[LoggerPlugin(nameof(IsAbstract))]
public abstract class IsAbstract : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public abstract ILightningLogger Create(FaultyOptions options, LoggerContext context);
}
