using System.Globalization;
using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>Many records, from many threads, beside backends that are dead.</summary>
public sealed class ManyThreadsTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Of_eight_threads_that_log_a_million_metrics_each_one_is_there_once_and_in_its_threads_order()
    {
        const int Threads = 8, Calls = 125_000;
        await using (var run = _lab.Open(""" "csv": { "Type": "Csv" } """))
        {
            var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                var name = number.ToString(CultureInfo.InvariantCulture);
                for (var i = 0; i < Calls; i++)
                {
                    run.LogMetric(name, i);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
        }

        var rows = File.ReadLines(_lab.File("version_0", "metrics.csv"));
        var columns = rows.First().Split(',');
        var next = new int[Threads];
        var step = 0;
        foreach (var cells in rows.Skip(1).Select(row => row.Split(',')))
        {
            // A row is one call: its step, and the value of one thread.
            var filled = columns.Zip(cells).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second);
            Assert.Equal(2, filled.Count);
            Assert.Equal(step++, int.Parse(filled["step"], CultureInfo.InvariantCulture));
            var (thread, value) = filled.Single(cell => cell.Key != "step");
            Assert.Equal(next[int.Parse(thread, CultureInfo.InvariantCulture)]++, double.Parse(value, CultureInfo.InvariantCulture));
        }

        Assert.All(next, count => Assert.Equal(Calls, count));
    }

    [Fact]
    public async Task A_dead_backend_changes_nothing_for_the_trainer()
    {
        using var signal = new ManualResetEvent(false);
        AppContext.SetData(nameof(ManyThreadsTests), signal);
        await using var run = _lab.Open($$"""
            "hangs": { "Type": "Misbehaving", "Options": { "Hang": [ "LogMetrics" ], "Signal": "{{nameof(ManyThreadsTests)}}" } },
            "fails": { "Type": "Misbehaving", "Options": { "Throw": [ "SaveAsync" ] } }
            """);
        Metric[] metrics = [new("loss", 0.5), new("acc", 0.25)];
        await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(0, ThreadAllocations.Fewest(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                run.LogMetrics(metrics, i);
            }
        }));
        await run.SaveAsync();
        Assert.All(run.Deliveries, delivery => Assert.False(delivery.IsComplete));
        signal.Set();
    }
}
