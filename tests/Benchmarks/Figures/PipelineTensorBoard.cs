using System.Diagnostics;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.References;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// From the trainer to the event file, through journal and delivery, until everything is durable in both; and the plain loop of the
/// same events.
/// </summary>
internal sealed class PipelineTensorBoard : Figure
{
    private readonly BenchmarkHost _host;
    private readonly int _steps;

    public PipelineTensorBoard(Effort effort)
    {
        _steps = effort.Of(2_000_000, 200_000);
        _host = new BenchmarkHost(Scratch.New(), ("tensorboard", "TensorBoard", null));
    }

    public override string Unit => "scalars/s";

    public override Goal Goal => Goal.AtLeast(0.6);

    public override int Rounds => 5;

    public override void Dispose()
    {
        _host.Dispose();
        base.Dispose();
    }

    public override double Ours()
    {
        var call = new Metric[5];
        using var run = _host.Open();
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < _steps; step++)
        {
            Metrics.Fill(call, step);
            run.Run.LogMetrics(call, step);
        }

        run.Deliver();
        return _steps * 5L / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public override double Reference()
    {
        var path = Scratch.New();
        var started = Stopwatch.GetTimestamp();
        PlainEventLoop.Write(path, _steps);
        var took = Stopwatch.GetElapsedTime(started);
        File.Delete(path);
        return _steps * 5L / took.TotalSeconds;
    }
}
