namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>How busy the processors are, all together, since the reading before.</summary>
/// <param name="stat">Reads <c>/proc/stat</c>.</param>
internal sealed class CpuSource(Func<string> stat) : ISystemMetricSource
{
    private const string File = "/proc/stat";
    private const int Idle = 3;
    private const int WaitingForDisk = 4;

    /// <summary>Time of guests follows, and is contained in that of users.</summary>
    private const int Counted = 8;

    private (ulong Busy, ulong Total)? _before;

    public string Name => "CPU";

    public void Read(ICollection<Metric> metrics)
    {
        var now = Parse(stat());
        if (_before is { } before && now.Total > before.Total)
        {
            // The kernel's counters of idle time may step back a little; a share stays one.
            var busy = now.Busy > before.Busy ? now.Busy - before.Busy : 0;
            var share = Math.Min(1.0, (double)busy / (now.Total - before.Total));
            metrics.Add(new Metric("cpu_utilization_percentage", SystemSample.Rounded(100 * share)));
        }

        _before = now;
    }

    private static (ulong Busy, ulong Total) Parse(string text)
    {
        var line = text.Split('\n').Select(ProcFile.Words).FirstOrDefault(words => words is ["cpu", ..])
            ?? throw ProcFile.Malformed(File, "it has no line 'cpu'");
        if (line.Length < 1 + Idle + 1)
        {
            throw ProcFile.Malformed(File, $"its line 'cpu' has {line.Length - 1} numbers");
        }

        var (busy, total) = (0UL, 0UL);
        for (var i = 0; i < Math.Min(line.Length - 1, Counted); i++)
        {
            var ticks = ProcFile.Number(line[i + 1], File);
            total = unchecked(total + ticks);
            busy = unchecked(busy + (i is Idle or WaitingForDisk ? 0 : ticks));
        }

        return (busy, total);
    }
}
