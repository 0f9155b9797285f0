using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Table;

/// <summary>Rows of more than one block, in memory and in the file: the bytes are those of a file that was written otherwise.</summary>
public sealed class ManyRowsTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly TestRun _other = new();

    public void Dispose()
    {
        _run.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(6000, 1)]
    [InlineData(6000, 2)]
    [InlineData(6000, 31)]
    [InlineData(6000, 32)]
    [InlineData(6000, 33)]
    [InlineData(2000, 100)]
    [InlineData(3, 300_000)]
    public async Task A_file_made_wider_is_the_file_that_was_as_wide_from_the_beginning(int rows, int added)
    {
        Metric[] late = [.. Enumerable.Range(0, added).Select(i => new Metric($"z{i}", i))];
        await using var wider = _run.Create();
        await using var reference = _other.Create();
        LogRows(wider, rows);
        await wider.SaveAsync();
        wider.LogMetrics(late, rows);
        await wider.SaveAsync();

        LogRows(reference, rows);
        reference.LogMetrics(late, rows);
        await reference.SaveAsync();
        Assert.True(File.ReadAllBytes(_other.MetricsPath).AsSpan().SequenceEqual(File.ReadAllBytes(_run.MetricsPath)));
        if (added <= 2)
        {
            Assert.Equal(rows + 1, _run.Read().Rows.Count);
        }
    }

    [Fact]
    public async Task A_resumed_instance_that_knows_the_columns_only_later_writes_the_rows_of_one_that_knew_them()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            LogFirst(first);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        await using var resumed = _run.Create(bookmark);
        await using var reference = _other.Create();
        LogRows(resumed, 6000);
        await resumed.SaveAsync();
        LogRows(resumed, 10);
        await resumed.SaveAsync();

        LogFirst(reference);
        await reference.SaveAsync();
        LogRows(reference, 6000);
        LogRows(reference, 10);
        await reference.SaveAsync();
        Assert.True(File.ReadAllBytes(_other.MetricsPath).AsSpan().SequenceEqual(File.ReadAllBytes(_run.MetricsPath)));
        Assert.Equal(6011, _run.Read().Rows.Count);

        static void LogFirst(ILightningLogger logger) => logger.LogMetrics([new("m3", 1), new("b", 2), new("m0", 3)], step: -1);
    }

    [Fact]
    public async Task Calls_of_every_kind_are_rows_of_their_own_in_their_order()
    {
        var random = new Random(1);
        var expected = new List<(string Column, long Step, double Value)>();
        await using var logger = _run.Create();
        for (var step = 0; step < 5000; step++)
        {
            // The same names again and again, as the same string or as another one, in another order, fewer of them, and some twice.
            var names = Enumerable.Range(0, random.Next(1, 5)).Select(i => $"m{(random.Next(8) == 0 ? random.Next(4) : i)}");
            Metric[] call = [.. names.Select(name => new Metric(random.Next(2) == 0 ? string.Intern(name) : name, random.Next(1000)))];
            for (var repeat = random.Next(4); repeat >= 0; repeat--)
            {
                logger.LogMetrics(call, step);
                expected.AddRange(call.Select(metric => (metric.Name, (long)step, metric.Value)));
            }
        }

        await logger.SaveAsync();
        Assert.Equal(expected.Order(), _run.Read().Points().Order());
    }

    /// <summary>Rows of any length and with empty cells, of the columns m0 to m4.</summary>
    private static void LogRows(ILightningLogger logger, int rows)
    {
        var random = new Random(rows);
        Metric[] call = [.. Enumerable.Range(0, 5).Select(i => new Metric($"m{i}", i))];
        logger.LogMetrics(call, step: 0);
        for (var step = 1; step < rows; step++)
        {
            for (var i = 0; i < call.Length; i++)
            {
                call[i] = call[i] with { Value = random.Next(3) == 0 ? random.Next(10) : random.NextDouble() };
            }

            logger.LogMetrics(call.AsSpan(0, step % 100 < 90 ? call.Length : random.Next(1, call.Length + 1)), step);
        }
    }
}
