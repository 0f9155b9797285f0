namespace PluginLoggers.TensorBoard;

/// <summary>The scalars of one call that wait for a save.</summary>
/// <param name="WallTime">When it came.</param>
/// <param name="Step">Its step.</param>
/// <param name="End">Where its scalars end in their block.</param>
/// <param name="RecordBytes">How many bytes of other records were there before it.</param>
internal readonly record struct PendingCall(double WallTime, long Step, int End, int RecordBytes);
