using BenchmarkDotNet.Attributes;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Benchmarks.CloseUps;

/// <summary>One call on the trainer's thread, with a disk that takes everything at once.</summary>
[MemoryDiagnoser]
public class JournalAppend : IDisposable
{
    private const int Calls = 1000;

    private readonly RunJournal _journal = new(
        new NullStorage(), TimeProvider.System, largestStep: null, hasEnded: false, new JournalSignal(), _ => { });
    private Metric[] _call = [];

    [Params(1, 5)]
    public int Metrics { get; set; }

    [GlobalSetup]
    public void FillCall()
    {
        _call = new Metric[Metrics];
        Support.Metrics.Fill(_call, 1);
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Append()
    {
        for (var step = 0; step < Calls; step++)
        {
            _journal.AppendMetrics(RunJournal.Everybody, _call, step);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _journal.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class NullStorage : IJournalStorage
    {
        public string Path => "nowhere";

        public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> bytes)
        {
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
