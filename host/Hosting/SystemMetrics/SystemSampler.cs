using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>Takes a sample of the machine's state from time to time, on a thread of its own, as long as the run goes on.</summary>
/// <remarks>
/// A sample has the step of its number, which is none of the run's: a call of the trainer without a step gets what it got without samples.
/// The first one is taken after one interval, because what is measured between two readings has no value before.
/// </remarks>
internal sealed class SystemSampler : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<ISystemMetricSource> _sources;
    private readonly HashSet<ISystemMetricSource> _missing = [];
    private readonly HashSet<ISystemMetricSource> _failing = [];
    private readonly Func<Metric[], long, bool> _append;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Teller _teller;
    private readonly Lock _gate = new();
    private readonly JournalSignal _tick = new();
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private long _lastStep;
    private volatile bool _isStopping;

    /// <param name="sources">What is measured.</param>
    /// <param name="append">Takes the metrics of a sample, and its step; false if the run does not go on at present.</param>
    /// <param name="interval">From one sample to the next.</param>
    /// <param name="lastStep">The step of the run's last sample; null if it has none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user what cannot be measured.</param>
    public SystemSampler(
        IReadOnlyList<ISystemMetricSource> sources,
        Func<Metric[], long, bool> append,
        TimeSpan interval,
        long? lastStep,
        TimeProvider time,
        Teller teller)
    {
        (_sources, _append, _interval, _time, _teller) = (sources, append, interval, time, teller);
        _lastStep = lastStep ?? -1;

        // For clocks that are not the system's: the thread looks by itself, because a timer of the pool starves beside busy work.
        _timer = time.CreateTimer(_ => _tick.Set(), null, interval, interval);
        _thread = new Thread(Run) { IsBackground = true, Name = "PluginLoggers system metrics" };
        _thread.Start();
    }

    /// <summary>The step of the last sample; null if there is none.</summary>
    public long? LastStep
    {
        get
        {
            lock (_gate)
            {
                return _lastStep >= 0 ? _lastStep : null;
            }
        }
    }

    /// <summary>Ends it. One that waits for the machine's answer is left behind: the journal takes nothing more of it.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _timer.Dispose();
        _tick.Set();
        _thread.Join(Farewell);
    }

    private void Run()
    {
        var taken = _time.GetTimestamp();
        Read();
        while (!_isStopping)
        {
            var seen = _tick.Version;
            var left = _interval - _time.GetElapsedTime(taken);
            if (left > TimeSpan.Zero)
            {
                _tick.Wait(seen, left);
                continue;
            }

            taken = _time.GetTimestamp();
            var sample = Read();
            if (sample.Length > 0)
            {
                Append(sample);
            }
        }
    }

    private void Append(Metric[] sample)
    {
        lock (_gate)
        {
            // Counted before anybody can ask: the number that is noted at the end of the run is given to no other sample.
            if (!_isStopping && _append(sample, _lastStep + 1))
            {
                _lastStep++;
            }
        }
    }

    private Metric[] Read()
    {
        var metrics = new List<Metric>();
        var missing = new List<string>();
        foreach (var source in _sources.Where(source => !_missing.Contains(source)))
        {
            var found = new List<Metric>();
            try
            {
                source.Read(found);
                metrics.AddRange(found.Select(metric => new Metric(SystemMetricSources.Prefix + metric.Name, metric.Value)));
            }
            catch (PlatformNotSupportedException refusal)
            {
                _missing.Add(source);
                missing.Add($"{source.Name} ({refusal.Message})");
            }
            catch (Exception failure)
            {
                TellFailing(source, failure);
            }
        }

        if (missing.Count > 0)
        {
            _teller.Tell(
                DiagnosticLevel.Information,
                null,
                $"System metrics: this machine does not offer {string.Join(", ", missing)}; that is left out.");
        }

        return [.. metrics];
    }

    /// <summary>Tells it once a source: the next failure may read otherwise, and says nothing new.</summary>
    private void TellFailing(ISystemMetricSource source, Exception failure)
    {
        if (_failing.Add(source))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                null,
                $"System metrics: the {source.Name} cannot be measured at present, and is tried again: {failure.Message}");
        }
    }
}
