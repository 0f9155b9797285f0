namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Run:SystemMetrics</c>.</summary>
public sealed record SystemMetricsSettings
{
    /// <summary>
    /// Whether the machine's state is logged beside what the trainer logs: use of processors, memory, disk, network and NVIDIA GPUs, under
    /// <c>system/</c>. The default is false.
    /// </summary>
    public bool Enabled { get; init; }

    /// <summary>The time from one sample to the next, from a tenth of a second to a day. The default is 10 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
}
