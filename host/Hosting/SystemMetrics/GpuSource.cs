using System.Globalization;

namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>Memory, use and power of each NVIDIA GPU. What a GPU does not tell is left out.</summary>
/// <param name="query">Asks for <see cref="Fields"/>: one line a GPU, with commas, in MiB, percent and watts.</param>
internal sealed class GpuSource(Func<string, string> query) : ISystemMetricSource
{
    /// <summary>What is asked for; see <c>nvidia-smi --help-query-gpu</c>.</summary>
    public const string Fields = "index,memory.used,memory.total,utilization.gpu,power.draw,enforced.power.limit";

    private const double BytesPerMebibyte = 1024 * 1024;

    public string Name => "GPU";

    public void Read(ICollection<Metric> metrics)
    {
        var seen = new HashSet<int>();
        foreach (var line in query(Fields).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != Fields.Count(character => character == ',') + 1
                || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var gpu) || !seen.Add(gpu))
            {
                throw new InvalidDataException($"nvidia-smi answered '{line[..Math.Min(line.Length, 80)]}' to a query for {Fields}");
            }

            Add(metrics, gpu, Value(cells[1]), Value(cells[2]), Value(cells[3]), Value(cells[4]), Value(cells[5]));
        }
    }

    private static void Add(
        ICollection<Metric> metrics, int gpu, double? used, double? memory, double? utilization, double? power, double? limit)
    {
        Include("memory_usage_percentage", Share(used, memory));
        Include("memory_usage_megabytes", used * BytesPerMebibyte / SystemSample.BytesPerMegabyte);
        Include("utilization_percentage", utilization);
        Include("power_usage_watts", power);
        Include("power_usage_percentage", Share(power, limit));

        void Include(string name, double? value)
        {
            if (value is { } known)
            {
                metrics.Add(new Metric(string.Create(CultureInfo.InvariantCulture, $"gpu_{gpu}_{name}"), SystemSample.Rounded(known)));
            }
        }
    }

    private static double? Share(double? part, double? whole) => whole > 0 ? 100 * part / whole : null;

    /// <summary>A number; null for what stands in its place, such as <c>[N/A]</c>.</summary>
    private static double? Value(string cell) =>
        double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
