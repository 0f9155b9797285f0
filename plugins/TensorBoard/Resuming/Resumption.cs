namespace PluginLoggers.TensorBoard;

/// <summary>Where a run was resumed.</summary>
/// <param name="Length">The length of the event file then, in bytes.</param>
/// <param name="LargestBefore">The largest step before; null if there was none.</param>
/// <param name="WentBackTo">The earliest step to which it went back since; null if it has gone forward only.</param>
internal readonly record struct Resumption(long Length, long? LargestBefore, long? WentBackTo);
