namespace PluginLoggers.Hosting.Import;

/// <summary>Shows when that was logged which is imported now; the real time where its source does not say.</summary>
internal sealed class ImportClock(TimeProvider real) : TimeProvider
{
    // Ticks of UTC, 0 for unknown: read by the threads of the run.
    private long _ticks;

    public DateTimeOffset? Shown
    {
        get => Volatile.Read(ref _ticks) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        set => Volatile.Write(ref _ticks, value?.UtcTicks ?? 0);
    }

    public override DateTimeOffset GetUtcNow() => Shown ?? real.GetUtcNow();
}
