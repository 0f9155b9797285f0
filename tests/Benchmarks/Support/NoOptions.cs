namespace PluginLoggers.Benchmarks.Support;

/// <summary>The options of a backend that has none.</summary>
internal sealed class NoOptions;
