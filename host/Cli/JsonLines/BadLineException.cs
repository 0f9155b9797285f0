namespace PluginLoggers.Cli.JsonLines;

/// <summary>A line cannot be logged; the message says why, and continues "line 7: ".</summary>
internal sealed class BadLineException(string reason) : Exception(reason);
