namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// What a backend takes for now: while a record is delivered, the moment at which it was logged. Timers and durations are real.
/// </summary>
internal sealed class RecordClock(TimeProvider system) : TimeProvider
{
    private long _ticks;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    /// <summary>Before the first record, the real time.</summary>
    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _ticks) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : system.GetUtcNow();

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    public void Set(DateTimeOffset time) => Volatile.Write(ref _ticks, time.UtcTicks);
}
