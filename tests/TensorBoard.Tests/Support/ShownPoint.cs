namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A point as a reader of TensorBoard keeps it; its value is 0 if it is no scalar.</summary>
internal sealed record ShownPoint(long Step, double WallTime, float Value);
