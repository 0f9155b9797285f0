namespace PluginLoggers.TensorBoard;

/// <summary>A scalar as it was read.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="WallTime">When it was logged.</param>
/// <param name="Step">Its step.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct ScalarPoint(string Tag, double WallTime, long Step, float Value);
