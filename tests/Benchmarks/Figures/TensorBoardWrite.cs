using System.Diagnostics;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.References;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.TensorBoard;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>The TensorBoard backend alone, saved once at the end; and the plain loop.</summary>
internal sealed class TensorBoardWrite(Effort effort) : Figure
{
    private readonly int _steps = effort.Of(400_000, 100_000);

    public override string Unit => "scalars/s";

    public override Goal Goal => Goal.AtLeast(0.7);

    public override double Ours()
    {
        var call = new Metric[5];
        using var folder = new Scratch();
        var context = new LoggerContext { Key = "tensorboard", OutputDirectory = folder.Path };
        using var logger = new TensorBoardPlugin().Create(new TensorBoardOptions(), context);
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < _steps; step++)
        {
            Metrics.Fill(call, step);
            logger.LogMetrics(call, step);
        }

        logger.SaveAsync().AsTask().GetAwaiter().GetResult();
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
