using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.References;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>What a metric costs the trainer's thread, with the three backends of the project on.</summary>
/// <remarks>
/// The thread's own time, because the backends and a tracking server share the processors with it here. After a burst of calls the
/// journal is made durable, outside the measurement; the backends work on while the next one is measured.
/// </remarks>
internal sealed class LogCaller : Figure
{
    private readonly StandInServer _server = StandInServer.StartAsync(ServerVersion.V2).GetAwaiter().GetResult();
    private readonly BenchmarkHost _host;
    private readonly BenchmarkRun _run;
    private readonly LockedBuffer _buffer;
    private readonly Metric[] _call;
    private readonly Goal _goal;
    private readonly int _calls;
    private readonly int _rounds;
    private long _step;
    private long _allocated;
    private int _bursts;

    public LogCaller(Effort effort, int metricsPerCall, Goal goal)
    {
        _host = new BenchmarkHost(
            Scratch.New(), ("tensorboard", "TensorBoard", null), ("csv", "Csv", null), ("mlflow", "MLflow", _server.Address));
        _run = _host.Open();
        _buffer = new LockedBuffer((metricsPerCall * (sizeof(double) + 1)) + 6);
        (_call, _goal, _calls, _rounds) = (new Metric[metricsPerCall], goal, 10_000, effort.Of(101, 31));
    }

    public override string Unit => "ns a metric";

    public override Goal Goal => _goal;

    public override int Rounds => _rounds;

    public override string? Remark => $"{_allocated} bytes allocated in {(_bursts - WarmUps) * _calls} calls";

    public override double Ours()
    {
        var run = _run.Run;
        Metrics.Fill(_call, 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = ThreadTime.Nanoseconds();
        for (var i = 0; i < _calls; i++)
        {
            run.LogMetrics(_call, _step++);
        }

        var took = ThreadTime.Nanoseconds() - started;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        _allocated += _bursts++ < WarmUps ? 0 : allocated;
        _run.Save();
        return took / _calls / _call.Length;
    }

    public override double Reference()
    {
        var started = ThreadTime.Nanoseconds();
        for (var i = 0; i < _calls; i++)
        {
            _buffer.Append();
        }

        return (ThreadTime.Nanoseconds() - started) / _calls / _call.Length;
    }

    public override void Dispose()
    {
        _run.Dispose();
        _host.Dispose();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }
}
