using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Tests.SystemMetrics;

public sealed class SystemSamplerTests : IDisposable, ILoggerDiagnostics
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly BlockingCollection<string> _taken = [];
    private readonly ConcurrentQueue<LoggerDiagnostic> _told = new();

    public void Dispose() => _taken.Dispose();

    [Fact]
    public void A_sample_is_taken_after_each_interval_on_a_thread_of_its_own_with_its_number_as_step()
    {
        var threads = new ConcurrentBag<string?>();
        var source = new Source("clock", metrics =>
        {
            threads.Add(Thread.CurrentThread.Name);
            metrics.Add(new Metric("ticks", _time.GetUtcNow().Ticks % TimeSpan.TicksPerMinute));
        });
        using (var sampler = Create(null, source))
        {
            source.WaitForRead();
            Assert.Null(sampler.LastStep);
            Assert.Equal(["step 0 system/ticks", "step 1 system/ticks", "step 2 system/ticks"], [Next(), Next(), Next()]);
        }

        Assert.Equal(["PluginLoggers system metrics"], threads.Distinct());
        Assert.Equal(4, source.Reads);
    }

    [Fact]
    public void It_goes_on_after_the_last_sample_of_the_run()
    {
        var source = new Source("one", metrics => metrics.Add(new Metric("one", 1)));
        using var sampler = Create(41, source);
        source.WaitForRead();

        Assert.Equal("step 42 system/one", Next());
    }

    [Fact]
    public void A_sample_that_is_not_taken_has_no_number()
    {
        var goesOn = false;
        var source = new Source("one", metrics => metrics.Add(new Metric("one", 1)));
        using var sampler = new SystemSampler([source], TakeIfItGoesOn, Interval, null, _time, new Teller(this));
        source.WaitForRead();
        Assert.Equal(["step 0 system/one", "step 0 system/one"], [Next(), Next()]);
        Volatile.Write(ref goesOn, true);

        Assert.Equal(["step 0 system/one", "step 1 system/one"], [Next(), Next()]);

        bool TakeIfItGoesOn(Metric[] metrics, long step)
        {
            var isTaken = Volatile.Read(ref goesOn);
            return Take(metrics, step) && isTaken;
        }
    }

    [Fact]
    public void What_the_machine_does_not_offer_is_told_once_and_asked_once()
    {
        var gpu = new Source("GPU", _ => throw new PlatformNotSupportedException("nvidia-smi cannot be run"));
        var cpu = new Source("CPU", _ => throw new PlatformNotSupportedException("there is no /proc/stat that can be read"));
        var good = new Source("good", metrics => metrics.Add(new Metric("good", 1)));
        using var sampler = Create(null, gpu, cpu, good);
        good.WaitForRead();
        Assert.Equal(["step 0 system/good", "step 1 system/good"], [Next(), Next()]);

        Assert.Equal((1, 1), (gpu.Reads, cpu.Reads));
        Assert.Equal(
            "System metrics: this machine does not offer GPU (nvidia-smi cannot be run), "
                + "CPU (there is no /proc/stat that can be read); that is left out.",
            Assert.Single(_told).Message);
    }

    [Fact]
    public void What_fails_is_told_once_and_tried_again()
    {
        var reads = 0;
        var bad = new Source("disk", metrics =>
        {
            metrics.Add(new Metric("half", 1));
            if (++reads is 2 or 3)
            {
                throw new IOException($"It is gone for the {reads}. time.");
            }
        });
        var good = new Source("good", metrics => metrics.Add(new Metric("good", 1)));
        using var sampler = Create(null, bad, good);
        good.WaitForRead();

        Assert.Equal(["step 0 system/good", "step 1 system/good", "step 2 system/half system/good"], [Next(), Next(), Next()]);
        Assert.EndsWith(
            "disk cannot be measured at present, and is tried again: It is gone for the 2. time.", Assert.Single(_told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_taken_when_it_has_ended()
    {
        var source = new Source("one", metrics => metrics.Add(new Metric("one", 1)));
        var sampler = Create(null, source);
        source.WaitForRead();
        Next();
        sampler.Dispose();
        _time.Advance(Interval * 3);

        Assert.Empty(_taken);
    }

    void ILoggerDiagnostics.Report(LoggerDiagnostic diagnostic) => _told.Enqueue(diagnostic);

    private SystemSampler Create(long? lastStep, params ISystemMetricSource[] sources) =>
        new(sources, Take, Interval, lastStep, _time, new Teller(this));

    private bool Take(Metric[] metrics, long step)
    {
        _taken.Add($"step {step} {string.Join(' ', metrics.Select(metric => metric.Name))}");
        return true;
    }

    private string Next()
    {
        _time.Advance(Interval);
        return _taken.Take();
    }

    private sealed class Source(string name, Action<ICollection<Metric>> read) : ISystemMetricSource
    {
        private readonly JournalSignal _wasRead = new();
        private int _reads;

        public string Name => name;

        public int Reads => Volatile.Read(ref _reads);

        public void WaitForRead() => _wasRead.Wait(0, Timeout.InfiniteTimeSpan);

        public void Read(ICollection<Metric> metrics)
        {
            Interlocked.Increment(ref _reads);
            _wasRead.Set();
            read(metrics);
        }
    }
}
