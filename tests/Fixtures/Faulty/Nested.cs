namespace PluginLoggers.Fixtures;

/// <summary>Holds a plug-in that nothing is wrong with.</summary>
public static class Nested
{
    [LoggerPlugin("Nested")]
    internal sealed class Plugin : ILoggerPlugin<FaultyOptions>
    {
        public ILightningLogger Create(FaultyOptions options, LoggerContext context) => new DummyLogger();
    }
}
