namespace PluginLoggers.TensorBoard;

/// <summary>A moment as events hold it: seconds since the Unix epoch, to a quarter of a microsecond.</summary>
internal static class WallTime
{
    private static readonly double MinSeconds = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static double Of(DateTimeOffset moment)
    {
        // In two parts, each of which is exact: a moment that came out of an event becomes the same bits again.
        var (seconds, rest) = Math.DivRem((moment - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        return seconds + ((double)rest / TimeSpan.TicksPerSecond);
    }

    /// <summary>The moment, or null for what lies outside the years 1 to 9999 or is no number.</summary>
    public static DateTimeOffset? ToMoment(double wallTime)
    {
        var seconds = Math.Floor(wallTime);
        if (!(seconds >= MinSeconds && seconds < MaxSeconds))
        {
            return null;
        }

        var rest = (long)Math.Round((wallTime - seconds) * TimeSpan.TicksPerSecond);
        return DateTimeOffset.UnixEpoch.AddTicks(((long)seconds * TimeSpan.TicksPerSecond) + rest);
    }
}
