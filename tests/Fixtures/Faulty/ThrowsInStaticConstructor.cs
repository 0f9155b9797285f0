namespace PluginLoggers.Fixtures;

/// <summary>Fails when its type is first used.</summary>
[LoggerPlugin(nameof(ThrowsInStaticConstructor))]
public sealed class ThrowsInStaticConstructor : ILoggerPlugin<FaultyOptions>
{
    static ThrowsInStaticConstructor() => throw new InvalidOperationException("no native library for this machine");

    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) => new DummyLogger();
}
