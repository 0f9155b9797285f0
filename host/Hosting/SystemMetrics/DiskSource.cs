namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>The space on the disk that the run is kept on.</summary>
/// <param name="disk">Finds the disk.</param>
internal sealed class DiskSource(Func<DriveInfo> disk) : ISystemMetricSource
{
    public string Name => "disk";

    public void Read(ICollection<Metric> metrics)
    {
        var drive = disk();
        Add(metrics, drive.TotalSize, drive.TotalFreeSpace, drive.AvailableFreeSpace);
    }

    /// <summary>Adds the metrics of a disk.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="total">Its bytes.</param>
    /// <param name="free">Those that are free.</param>
    /// <param name="available">Those of them that this user may have.</param>
    internal static void Add(ICollection<Metric> metrics, long total, long free, long available)
    {
        var used = total - free;
        if (used + available > 0)
        {
            // Full is 100 when nothing is left for users, whatever is kept back for the system.
            metrics.Add(new Metric("disk_usage_percentage", SystemSample.Rounded(100.0 * used / (used + available))));
        }

        metrics.Add(new Metric("disk_usage_megabytes", SystemSample.Megabytes(used)));
        metrics.Add(new Metric("disk_available_megabytes", SystemSample.Megabytes(available)));
    }
}
