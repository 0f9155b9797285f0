namespace PluginLoggers.Fixtures;

/// <summary>Says that it is a plug-in, and is none.</summary>
[LoggerPlugin(nameof(ImplementsNothing))]
public sealed class ImplementsNothing;
