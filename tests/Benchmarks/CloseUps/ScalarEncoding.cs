using BenchmarkDotNet.Attributes;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.TensorBoard;

namespace PluginLoggers.Benchmarks.CloseUps;

/// <summary>One scalar event, encoded, framed and checksummed in memory.</summary>
[MemoryDiagnoser]
public class ScalarEncoding
{
    private const int Events = 1000;

    private readonly byte[] _records = new byte[100 * Events];
    private readonly ScalarHead _head = new();
    private readonly ScalarTag _tag = new(Metrics.Names[0]);

    [Benchmark(OperationsPerInvoke = Events)]
    public int Write()
    {
        var length = 0;
        for (var step = 0; step < Events; step++)
        {
            _head.Set(1.7e9, step);
            length += ScalarEvent.Write(_records.AsSpan(length), _head, _tag, 0.5f);
        }

        return length;
    }
}
