namespace PluginLoggers.TensorBoard;

/// <summary>A moment as events hold it: seconds since the Unix epoch, to a quarter of a microsecond.</summary>
internal static class WallTime
{
    public static double Of(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalSeconds;
}
