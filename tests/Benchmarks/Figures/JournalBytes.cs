using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>How many bytes of the disk a metric takes in the journal, of five a call; and its value alone.</summary>
internal sealed class JournalBytes(Effort effort) : Figure
{
    private readonly int _calls = effort.Of(500_000, 50_000);

    public override string Unit => "bytes a metric";

    public override Goal Goal => Goal.AtMost(2);

    public override int WarmUps => 0;

    public override int Rounds => 1;

    public override double Ours()
    {
        using var scratch = new Scratch();
        using var host = new BenchmarkHost(scratch.New());
        using var run = host.Open();
        var call = new Metric[5];
        for (var step = 0; step < _calls; step++)
        {
            Metrics.Fill(call, step);
            run.Run.LogMetrics(call, step);
        }

        run.Save();
        var files = new DirectoryInfo(run.Run.RunDirectory).EnumerateFiles("*.journal", SearchOption.AllDirectories);
        return (double)files.Sum(file => file.Length) / _calls / call.Length;
    }

    public override double Reference() => sizeof(double);
}
