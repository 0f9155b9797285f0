namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>What is measured of this machine.</summary>
internal static class SystemMetricSources
{
    /// <summary>Before every name: the MLflow server shows them on a page of their own.</summary>
    public const string Prefix = "system/";

    /// <summary>All sources; those that the machine does not offer find out by themselves.</summary>
    /// <param name="folder">Of the disk on which it stands the space is measured.</param>
    public static IReadOnlyList<ISystemMetricSource> OfThisMachine(string folder) =>
    [
        new CpuSource(static () => ProcFile.Read("/proc/stat")),
        new MemorySource(static () => ProcFile.Read("/proc/meminfo")),
        new DiskSource(() => new DriveInfo(folder)),
        new NetworkSource(static () => ProcFile.Read("/proc/net/dev")),
        new GpuSource(NvidiaSmi.Query),
    ];
}
