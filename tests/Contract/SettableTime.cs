namespace PluginLoggers.Contract;

/// <summary>
/// A clock that stands still until it is set. The host drives a backend's clock so: while a record is delivered, it shows when that was
/// logged.
/// </summary>
public sealed class SettableTime : TimeProvider
{
    /// <summary>What the clock shows.</summary>
    public DateTimeOffset Now { get; set; } = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
