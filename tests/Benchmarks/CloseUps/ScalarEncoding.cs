using BenchmarkDotNet.Attributes;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.TensorBoard;

namespace PluginLoggers.Benchmarks.CloseUps;

/// <summary>One scalar event, encoded, framed and checksummed in memory.</summary>
[MemoryDiagnoser]
public class ScalarEncoding
{
    private const int Events = 1000;

    private readonly RecordBuffer _records = new();
    private readonly byte[] _tag = System.Text.Encoding.UTF8.GetBytes(Metrics.Names[0]);

    [Benchmark(OperationsPerInvoke = Events)]
    public int Append()
    {
        _records.Clear();
        for (var step = 0; step < Events; step++)
        {
            ScalarEvent.Append(_records, 1.7e9, step, _tag, 0.5f);
        }

        return _records.Bytes.Length;
    }
}
