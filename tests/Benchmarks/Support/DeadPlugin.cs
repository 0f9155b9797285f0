namespace PluginLoggers.Benchmarks.Support;

/// <summary>A backend that cannot save, like one whose server is gone.</summary>
[LoggerPlugin("Dead")]
internal sealed class DeadPlugin : ILoggerPlugin<NoOptions>
{
    public ILightningLogger Create(NoOptions options, LoggerContext context) => new DeadLogger(context);

    private sealed class DeadLogger(LoggerContext context) : LightningLoggerBase(context)
    {
        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
        }

        protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken) => throw new IOException("The server is gone.");
    }
}
