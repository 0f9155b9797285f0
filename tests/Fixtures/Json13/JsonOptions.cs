namespace PluginLoggers.Fixtures;

/// <summary>Nothing to choose.</summary>
public sealed class JsonOptions;
