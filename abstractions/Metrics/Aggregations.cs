namespace PluginLoggers;

/// <summary>
/// The usual aggregation functions. NaN makes the result of all but <see cref="First"/>, <see cref="Last"/> and <see cref="Count"/> NaN.
/// </summary>
public static class Aggregations
{
    /// <summary>The arithmetic mean: the default.</summary>
    public static AggregationFunction Mean { get; } = values => Total(values) / values.Count;

    /// <summary>The sum.</summary>
    public static AggregationFunction Sum { get; } = Total;

    /// <summary>The smallest.</summary>
    public static AggregationFunction Min { get; } = values => Fold(values, Math.Min);

    /// <summary>The largest.</summary>
    public static AggregationFunction Max { get; } = values => Fold(values, Math.Max);

    /// <summary>The one logged first.</summary>
    public static AggregationFunction First { get; } = values => values[0];

    /// <summary>The one logged last.</summary>
    public static AggregationFunction Last { get; } = values => values[^1];

    /// <summary>How many there are.</summary>
    public static AggregationFunction Count { get; } = values => values.Count;

    private static double Total(IReadOnlyList<double> values) => Fold(values, static (sum, value) => sum + value);

    private static double Fold(IReadOnlyList<double> values, Func<double, double, double> combine)
    {
        var result = values[0];
        for (var i = 1; i < values.Count; i++)
        {
            result = combine(result, values[i]);
        }

        return result;
    }
}
