namespace PluginLoggers.Fixtures;

/// <summary>Cannot be created without an argument.</summary>
/// <param name="name">The argument.</param>
[LoggerPlugin(nameof(NeedsAnArgument))]
public sealed class NeedsAnArgument(string name) : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) => throw new InvalidOperationException(name);
}
