namespace PluginLoggers.TensorBoard;

/// <summary>A scalar that waits for a save.</summary>
/// <param name="Tag">The number of its tag, of <see cref="Tags"/>.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct PendingScalar(int Tag, float Value);
