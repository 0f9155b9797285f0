namespace PluginLoggers.Contract;

/// <summary>One call of <see cref="ILightningLogger.LogMetrics(ReadOnlySpan{Metric}, long?)"/>, and when a trainer made it.</summary>
internal sealed record MetricsCall(int Second, long Step, params Metric[] Metrics)
{
    public static MetricsCall Of(int second, string name, double value) => new(second, second, new Metric(name, value));
}
