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
        private readonly List<object> _points = [];

        public override string Name => JsonConvert.SerializeObject(typeof(JsonConvert).Assembly.GetName().Version!.Major);

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
            foreach (var metric in metrics)
            {
                _points.Add(new { metric.Name, metric.Value, Step = step, Library = Name });
            }
        }

        protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
        {
            Directory.CreateDirectory(Context!.OutputDirectory);
            File.WriteAllText(Path.Combine(Context.OutputDirectory, "points.json"), JsonConvert.SerializeObject(_points));
            return ValueTask.CompletedTask;
        }
    }
}
