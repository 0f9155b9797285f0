namespace PluginLoggers;

/// <summary>Makes one value of several that were logged under one name at one step.</summary>
/// <param name="values">The values, at least one, in the order in which they were logged.</param>
public delegate double AggregationFunction(IReadOnlyList<double> values);
