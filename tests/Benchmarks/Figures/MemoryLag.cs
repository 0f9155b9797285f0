using System.Diagnostics;
using System.Globalization;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// The peak working set of a process that logs while one of its two backends is dead, and while both live. A process each, because a
/// peak does not go down.
/// </summary>
internal sealed class MemoryLag(Effort effort) : Figure
{
    public const string ChildName = "memory.lag";

    private readonly string _calls = effort.Of(2_000_000, 200_000).ToString(CultureInfo.InvariantCulture);

    public override string Unit => "MB";

    public override Goal Goal => Goal.AtMost(1.1);

    public override int WarmUps => 0;

    public override int Rounds => 5;

    public override double Ours() => ChildProcess.Measure(ChildName, null, "Dead", _calls);

    public override double Reference() => ChildProcess.Measure(ChildName, null, "Null", _calls);

    /// <param name="arguments">The type of the second backend, and how often five metrics are logged.</param>
    public static double MeasureInChild(ReadOnlySpan<string> arguments)
    {
        using var scratch = new Scratch();
        var call = new Metric[5];
        var calls = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var host = new BenchmarkHost(scratch.New(), ("live", "TensorBoard", null), ("second", arguments[0], null));
        using var run = host.Open();
        for (var step = 0; step < calls; step++)
        {
            Metrics.Fill(call, step);
            run.Run.LogMetrics(call, step);
        }

        while (!run.Run.Deliveries.Single(delivery => delivery.Key == "live").IsComplete)
        {
            Thread.Sleep(20);
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
