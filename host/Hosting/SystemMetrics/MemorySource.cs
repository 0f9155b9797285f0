namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>How much of the machine's memory is in use: what a new program could not have.</summary>
/// <param name="meminfo">Reads <c>/proc/meminfo</c>.</param>
internal sealed class MemorySource(Func<string> meminfo) : ISystemMetricSource
{
    private const string File = "/proc/meminfo";
    private const double BytesPerUnit = 1024;

    public string Name => "memory";

    public void Read(ICollection<Metric> metrics)
    {
        var lines = meminfo().Split('\n').Select(ProcFile.Words).ToList();
        var total = Find("MemTotal:") ?? throw ProcFile.Malformed(File, "it has no MemTotal");

        // Kernels before 3.14 do not say what is available.
        var available = Find("MemAvailable:") ?? Find("MemFree:") + Find("Buffers:") + Find("Cached:")
            ?? throw ProcFile.Malformed(File, "it has no MemAvailable");
        if (total == 0 || available > total)
        {
            throw ProcFile.Malformed(File, $"of {total} kB, {available} are available");
        }

        metrics.Add(new Metric("system_memory_usage_megabytes", SystemSample.Megabytes((total - available) * BytesPerUnit)));
        metrics.Add(new Metric("system_memory_usage_percentage", SystemSample.Rounded(100.0 * (total - available) / total)));

        ulong? Find(string name) => lines.Find(words => words.Length > 1 && words[0] == name) is { } line
            ? ProcFile.Number(line[1], File)
            : null;
    }
}
