namespace PluginLoggers;

/// <summary>A named number at one step of a run.</summary>
/// <param name="Name">Any text; <c>/</c> groups names for display (<c>train/loss</c>). Names are compared ordinally.</param>
/// <param name="Value">Any double, <see cref="double.NaN"/> and the infinities included.</param>
public readonly record struct Metric(string Name, double Value);
