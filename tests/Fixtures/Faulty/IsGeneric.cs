namespace PluginLoggers.Fixtures;

/// <summary>Cannot be created without knowing of what.</summary>
/// <typeparam name="T">Of what.</typeparam>
[LoggerPlugin("IsGeneric")]
public sealed class IsGeneric<T> : ILoggerPlugin<FaultyOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) => new DummyLogger();
}
