namespace PluginLoggers.Hosting.Synchronization;

/// <summary>Stamps what is written about a dead run with the time at which it died.</summary>
internal sealed class FixedClock(DateTimeOffset time) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => time;
}
