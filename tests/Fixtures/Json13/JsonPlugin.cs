using Newtonsoft.Json;

namespace PluginLoggers.Fixtures;

/// <summary>Uses a library of which another plug-in uses another version; the name of its logger says which one it got.</summary>
#if JSON12
[LoggerPlugin("Json12")]
#else
[LoggerPlugin("Json13")]
#endif
public sealed class JsonPlugin : ILoggerPlugin<JsonOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(JsonOptions options, LoggerContext context) => new JsonLogger(context);

    private sealed class JsonLogger(LoggerContext context) : LightningLoggerBase(context)
    {
        public override string Name => JsonConvert.SerializeObject(typeof(JsonConvert).Assembly.GetName().Version!.Major);

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
        }
    }
}
