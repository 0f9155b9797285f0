namespace PluginLoggers;

/// <summary>What a <see cref="MetricAggregator"/> lets go: the metrics of one step, one value a name, never empty.</summary>
/// <param name="Metrics">The metrics, in the order in which their names were first seen.</param>
/// <param name="Step">Their step, or null if they were logged without one.</param>
public sealed record AggregatedMetrics(ReadOnlyMemory<Metric> Metrics, long? Step);
