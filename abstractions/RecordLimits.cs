namespace PluginLoggers;

/// <summary>The stated bounds of what can be logged. What exceeds one is refused with an <see cref="ArgumentException"/>.</summary>
public static class RecordLimits
{
    /// <summary>The largest size of one record, in bytes: 64 MiB. Larger things are artifacts, which are logged by reference.</summary>
    public const int MaxRecordBytes = 64 * 1024 * 1024;

    /// <summary>The largest size of one name, in bytes of UTF-8: 32 KiB.</summary>
    public const int MaxNameBytes = 32 * 1024;

    /// <summary>The most metrics of one call: 100,000.</summary>
    public const int MaxMetricsPerCall = 100_000;
}
