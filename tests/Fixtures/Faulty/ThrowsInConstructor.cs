namespace PluginLoggers.Fixtures;

/// <summary>Fails when it is created.</summary>
[LoggerPlugin(nameof(ThrowsInConstructor))]
public sealed class ThrowsInConstructor : ILoggerPlugin<FaultyOptions>
{
    /// <summary>Fails.</summary>
    public ThrowsInConstructor() => throw new InvalidOperationException("the licence has\nexpired");

    /// <inheritdoc/>
    public ILightningLogger Create(FaultyOptions options, LoggerContext context) => new DummyLogger();
}
