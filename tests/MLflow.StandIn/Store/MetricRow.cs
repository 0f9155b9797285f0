namespace PluginLoggers.MLflow.StandIn;

/// <summary>A point of a metric, as a row of the database. All columns together are the key.</summary>
public readonly record struct MetricRow(string Key, double StoredValue, bool IsNaN, long Timestamp, long Step)
{
    /// <summary>The value as it is read back.</summary>
    public double Value => IsNaN ? double.NaN : StoredValue;
}
