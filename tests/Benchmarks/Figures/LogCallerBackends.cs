using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>What a metric costs the trainer's thread with five backends, and with one: processor time, because with five there are more threads than processors.</summary>
internal sealed class LogCallerBackends(Effort effort) : Figure
{
    private readonly Metric[] _call = new Metric[5];
    private readonly int _calls = effort.Of(200_000, 50_000);

    public override string Unit => "ns a metric";

    public override Goal Goal => Goal.AtMost(1.1);

    public override int Rounds => 9;

    public override double Ours() => Measure(
        ("a", "TensorBoard", null), ("b", "Csv", null), ("c", "TensorBoard", null), ("d", "Csv", null), ("e", "TensorBoard", null));

    public override double Reference() => Measure(("a", "TensorBoard", null));

    private double Measure(params ReadOnlySpan<(string Key, string Type, string? Server)> backends)
    {
        using var run = new BenchmarkRun(Scratch.New(), backends);
        Metrics.Fill(_call, 1);
        var started = ThreadTime.Nanoseconds();
        for (var step = 0; step < _calls; step++)
        {
            run.Run.LogMetrics(_call, step);
        }

        return (ThreadTime.Nanoseconds() - started) / _calls / _call.Length;
    }
}
