using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// What a metric costs the trainer's thread with five backends, and with one: processor time, because with five there are more
/// threads than processors.
/// </summary>
internal sealed class LogCallerBackends : Figure
{
    private readonly BenchmarkHost _one;
    private readonly BenchmarkHost _five;
    private readonly Metric[] _call = new Metric[5];
    private readonly int _calls;

    public LogCallerBackends(Effort effort)
    {
        _calls = effort.Of(200_000, 50_000);
        _one = new BenchmarkHost(Scratch.New(), ("a", "TensorBoard", null));
        _five = new BenchmarkHost(
            Scratch.New(),
            ("a", "TensorBoard", null),
            ("b", "Csv", null),
            ("c", "TensorBoard", null),
            ("d", "Csv", null),
            ("e", "TensorBoard", null));
    }

    public override string Unit => "ns a metric";

    public override Goal Goal => Goal.AtMost(1.1);

    public override int Rounds => 9;

    public override double Ours() => Measure(_five);

    public override double Reference() => Measure(_one);

    public override void Dispose()
    {
        _one.Dispose();
        _five.Dispose();
        base.Dispose();
    }

    private double Measure(BenchmarkHost host)
    {
        using var run = host.Open();
        Metrics.Fill(_call, 1);
        var started = ThreadTime.Nanoseconds();
        for (var step = 0; step < _calls; step++)
        {
            run.Run.LogMetrics(_call, step);
        }

        return (ThreadTime.Nanoseconds() - started) / _calls / _call.Length;
    }
}
