namespace PluginLoggers.Contract;

/// <summary>One value of one metric at one step, as an output holds it.</summary>
/// <param name="Name">The name of the metric.</param>
/// <param name="Step">The step.</param>
/// <param name="Value">The value.</param>
/// <param name="Time">When it was logged; null from an output that keeps no times.</param>
public sealed record RecordedPoint(string Name, long Step, double Value, DateTimeOffset? Time = null);
