using System.Text;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

public sealed class FollowingTests
{
    [Fact]
    public async Task Whoever_reads_while_it_grows_finds_whole_rows_up_to_the_last_line_end()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogMetric("m0", 0, step: 0);
        await logger.SaveAsync();

        using var isDone = new CancellationTokenSource();
        using var hasRead = new SemaphoreSlim(0);
        var reader = Task.Factory.StartNew(Follow, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var step = 1; step <= 60; step++)
        {
            for (var i = 0; i < 30; i++)
            {
                logger.LogMetrics([new("m0", step), new($"m{step / 10}", -step)], step);
            }

            await logger.SaveAsync();
            if (step % 10 == 0)
            {
                // A reader that has not come to read must not pass for one that found nothing wrong.
                await Task.WhenAny(hasRead.WaitAsync(), reader);
            }
        }

        await isDone.CancelAsync();
        Assert.True(await reader > 0);

        int Follow()
        {
            var (reads, rows) = (0, 0);
            while (!isDone.IsCancellationRequested)
            {
                var text = Encoding.UTF8.GetString(TestRun.ReadShared(run.MetricsPath));
                var table = CsvTable.Parse(text[..(text.LastIndexOf('\n') + 1)]);
                Assert.InRange(table.Rows.Count, rows, int.MaxValue);
                rows = table.Rows.Count;
                reads++;
                hasRead.Release();
            }

            return reads;
        }
    }
}
