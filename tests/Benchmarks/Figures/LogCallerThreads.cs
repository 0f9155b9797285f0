using System.Diagnostics;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.Hosting;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>How many metrics four threads log together, and how many one does.</summary>
internal sealed class LogCallerThreads : Figure
{
    private readonly BenchmarkHost _host;
    private readonly int _calls;

    public LogCallerThreads(Effort effort)
    {
        _calls = effort.Of(400_000, 100_000);
        _host = new BenchmarkHost(Scratch.New(), ("tensorboard", "TensorBoard", null));
    }

    public override string Unit => "metrics/s";

    public override Goal Goal => Goal.AtLeast(0.5);

    public override void Dispose()
    {
        _host.Dispose();
        base.Dispose();
    }

    public override double Ours() => Measure(threads: 4);

    public override double Reference() => Measure(threads: 1);

    private double Measure(int threads)
    {
        using var run = _host.Open();
        using var start = new Barrier(threads + 1);
        var loops = Enumerable.Range(0, threads).Select(_ => new Thread(() => Log(run.Run, start, _calls / threads))).ToArray();
        Array.ForEach(loops, loop => loop.Start());
        start.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        Array.ForEach(loops, loop => loop.Join());
        return _calls * 5L / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Log(LightningRun logger, Barrier start, int calls)
    {
        var call = new Metric[5];
        Metrics.Fill(call, 1);
        start.SignalAndWait();
        for (var step = 0; step < calls; step++)
        {
            logger.LogMetrics(call, step);
        }
    }
}
