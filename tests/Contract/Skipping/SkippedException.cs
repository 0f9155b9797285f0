namespace PluginLoggers.Contract;

/// <summary>Thrown by a test that finds nothing to test.</summary>
internal sealed class SkippedException(string reason) : Exception(reason);
