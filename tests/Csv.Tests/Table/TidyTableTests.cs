using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Table;

public sealed class TidyTableTests : IDisposable
{
    private static readonly CsvOptions Tidy = new() { Layout = CsvLayout.Tidy };

    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_row_is_a_value()
    {
        await using var logger = _run.Create(options: Tidy);
        logger.LogMetrics([new("loss", 0.5), new("acc", 1), new("loss", 0.25)], step: 3);
        logger.LogMetric("step", double.NaN, step: -4);
        await logger.SaveAsync();

        Assert.Equal("step,name,value\r\n3,loss,0.5\r\n3,acc,1.0\r\n3,loss,0.25\r\n-4,step,NaN\r\n", _run.Metrics);
        Assert.Empty(_run.Reports);
    }

    [Fact]
    public async Task A_row_has_its_time_if_that_is_wanted()
    {
        var time = new SettableTime { Now = new DateTimeOffset(2021, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)).AddTicks(1234567) };
        await using var logger = _run.Create(options: new CsvOptions { Layout = CsvLayout.Tidy, Time = true }, time: time);
        logger.LogMetric("loss", 0.5, step: 0);
        time.Now += TimeSpan.FromSeconds(1);
        logger.LogMetric("loss", 0.25, step: 1);
        await logger.SaveAsync();

        Assert.Equal(
            "step,name,value,time\r\n0,loss,0.5,2021-02-03T03:05:06.123456Z\r\n1,loss,0.25,2021-02-03T03:05:07.123456Z\r\n", _run.Metrics);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\r\n", "\"\r\n\"")]
    [InlineData("../../x", "../../x")]
    [InlineData("\U0001F680", "\U0001F680")]
    public async Task A_name_is_quoted_only_when_needed_and_passed_over_after_a_crash(string name, string cell)
    {
        string? bookmark;
        await using (var first = _run.Create(options: Tidy))
        {
            first.LogMetric(name, 1, step: 0);
            await first.SaveAsync();
            bookmark = first.Bookmark;
            first.LogMetric("lost", 1, step: 1);
            await first.SaveAsync();
        }

        await using var second = _run.Create(bookmark, Tidy);
        second.LogMetric("kept", 1, step: 1);
        await second.SaveAsync();
        Assert.Equal($"step,name,value\r\n0,{cell},1.0\r\n1,kept,1.0\r\n", _run.Metrics);
    }

    [Fact]
    public async Task What_is_no_text_in_a_name_is_told_once()
    {
        await using var logger = _run.Create(options: Tidy);
        logger.LogMetric("a\uD800", 1, step: 0);
        logger.LogMetric("a\uD800", 1, step: 1);
        await logger.SaveAsync();

        Assert.Equal("step,name,value\r\n0,a\uFFFD,1.0\r\n1,a\uFFFD,1.0\r\n", _run.Metrics);
        Assert.Single(_run.Reports);
    }

    [Fact]
    public async Task Thousands_of_names_need_no_new_file()
    {
        await using var logger = _run.Create(options: Tidy);
        logger.LogMetric("m", 1, step: 0);
        await logger.SaveAsync();

        // Whoever has the file open goes on reading it: it is appended to, never replaced.
        using var reader = new FileStream(_run.MetricsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        for (var i = 0; i < 5000; i++)
        {
            logger.LogMetric($"layer/{i}", i, step: i);
        }

        await logger.SaveAsync();
        using var text = new StreamReader(reader);
        Assert.Equal(5002, CsvTable.Parse(text.ReadToEnd()).Rows.Count + 1);
    }

    [Fact]
    public void A_call_allocates_nothing_once_there_is_room_for_its_rows()
    {
        using var run = new TestRun();
        using var logger = run.Create(options: new CsvOptions { Layout = CsvLayout.Tidy, Time = true });
        Metric[] metrics = [new("train/loss", 0.5), new("lr", 0.25), new("acc", 0.125)];

        Assert.Equal(0, ThreadAllocations.Fewest(Log, between: () => logger.SaveAsync().AsTask().GetAwaiter().GetResult()));

        void Log()
        {
            for (var step = 0; step < 1000; step++)
            {
                logger.LogMetrics(metrics, step);
            }
        }
    }
}
