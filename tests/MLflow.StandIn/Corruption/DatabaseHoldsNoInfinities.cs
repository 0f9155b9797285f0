namespace PluginLoggers.MLflow.StandIn;

/// <summary>An infinity is stored as the largest double, -0.0 as 0.0, and NaN as 0 with a mark.</summary>
internal static class DatabaseHoldsNoInfinities
{
    public static MetricRow Row(Message metric)
    {
        var value = metric.Real("value");
        var stored = double.IsNaN(value) || value == 0 ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);
        return new MetricRow(metric.Text("key"), stored, double.IsNaN(value), metric.Integer("timestamp"), metric.Integer("step"));
    }
}
