namespace PluginLoggers.Cli;

/// <summary>The command was called in a way that makes no sense; the message says what to change.</summary>
internal sealed class UsageException(string message) : Exception(message);
