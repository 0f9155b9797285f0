using System.Text;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Table;

public sealed class ColumnTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_columns_of_the_first_call_are_sorted_by_code_point_with_the_step_among_them()
    {
        await using var logger = _run.Create();
        logger.LogMetrics([new("z", 1), new("\U0001F680", 2), new("\uFFFD", 3), new("Z", 4), new("_", 5), new("é", 6)], step: 7);
        await logger.SaveAsync();

        Assert.Equal(["Z", "_", "step", "z", "é", "\uFFFD", "\U0001F680"], _run.Read().Columns);
        Assert.Equal(["4.0", "5.0", "7", "1.0", "6.0", "3.0", "2.0"], Assert.Single(_run.Read().Rows));
    }

    [Fact]
    public async Task A_new_column_is_added_at_the_right()
    {
        await using var logger = _run.Create();
        logger.LogMetric("m", 1, step: 0);
        await logger.SaveAsync();
        logger.LogMetrics([new("m", 2), new("z", 3), new("a", 4)], step: 1);
        logger.LogMetric("b", 5, step: 2);
        await logger.SaveAsync();

        Assert.Equal("m,step,a,z,b\r\n1.0,0,,,\r\n2.0,1,4.0,3.0,\r\n,2,,,5.0\r\n", _run.Metrics);
        Assert.Equal([_run.MetricsPath], Directory.GetFiles(_run.Output));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Where_a_column_stands_does_not_depend_on_when_rows_were_saved(int callsASave)
    {
        var random = new Random(callsASave);
        using var reference = new TestRun();
        await using var whole = reference.Create();
        await using var parts = _run.Create();
        for (var step = 0; step < 40; step++)
        {
            Metric[] metrics = [.. Enumerable.Range(0, 4).Select(_ => new Metric($"m{random.Next(step + 2)}", step))];
            whole.LogMetrics(metrics, step);
            parts.LogMetrics(metrics, step);
            if (step % callsASave == 0)
            {
                await parts.SaveAsync();
            }
        }

        await whole.SaveAsync();
        await parts.SaveAsync();
        Assert.Equal(reference.Metrics, _run.Metrics);
    }

    [Fact]
    public async Task A_name_twice_in_a_call_begins_another_row_of_the_same_step()
    {
        await using var logger = _run.Create();
        logger.LogMetrics([new("a", 1), new("b", 2), new("a", 3), new("c", 4), new("a", 5)], step: 9);
        await logger.SaveAsync();

        Assert.Equal("a,b,c,step\r\n1.0,2.0,,9\r\n3.0,,4.0,9\r\n5.0,,,9\r\n", _run.Metrics);
    }

    [Fact]
    public async Task A_metric_named_step_is_told_once_and_meets_no_other_name()
    {
        await using var logger = _run.Create();
        for (var i = 0; i < 2; i++)
        {
            logger.LogMetrics([new("step", 1), new("step_", 2), new("step__", 3), new("Step", 4), new("step_x", 5)], step: 0);
            await logger.SaveAsync();
        }

        Assert.Equal("Step,step,step_,step__,step___,step_x\r\n4.0,0,1.0,2.0,3.0,5.0\r\n4.0,0,1.0,2.0,3.0,5.0\r\n", _run.Metrics);
        Assert.Equal(3, _run.Reports.Count);
        Assert.Contains("'step_'", _run.Reports[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(" a ", " a ")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("\r\n", "\"\r\n\"")]
    [InlineData("../../x", "../../x")]
    [InlineData("a;b'c\t", "a;b'c\t")]
    [InlineData("\U0001F680", "\U0001F680")]
    [InlineData("\uFEFFa", "\uFEFFa")]
    public async Task A_name_is_quoted_only_when_needed_and_is_found_again_after_a_crash(string name, string cell)
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            first.LogMetrics([new("step_0", 1), new(name, 2)], step: 3);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        Assert.Contains(cell, _run.Metrics, StringComparison.Ordinal);
        Assert.Contains(name, _run.Read().Columns);

        await using var second = _run.Create(bookmark);
        second.LogMetric(name, 4, step: 5);
        await second.SaveAsync();
        Assert.Equal([(name, 3, 2.0), (name, 5, 4.0)], _run.Read().Points().Where(point => point.Column == name));
        Assert.Equal(3, _run.Read().Points().Count());
    }

    [Fact]
    public async Task Lone_surrogates_become_text_and_lose_no_value()
    {
        await using var logger = _run.Create();
        logger.LogMetrics([new("a\uD800", 1), new("a\uDC00", 2)], step: 0);
        await logger.SaveAsync();

        Assert.Equal("a\uFFFD,step\r\n1.0,0\r\n2.0,0\r\n", _run.Metrics);
    }

    [Fact]
    public async Task There_is_no_byte_order_mark()
    {
        await using var logger = _run.Create();
        logger.LogMetric("é", 1, step: 0);
        await logger.SaveAsync();
        Assert.Equal("step,é\r\n"u8.ToArray(), File.ReadAllBytes(_run.MetricsPath)[..9]);
    }

    [Fact]
    public async Task Thousands_of_columns_that_come_one_after_the_other()
    {
        await using var logger = _run.Create();
        for (var i = 0; i < 1000; i++)
        {
            logger.LogMetrics([.. Enumerable.Range(0, 5).Select(j => new Metric($"layer{i}/m{j}", (5 * i) + j))], step: i);
            if (i % 200 == 199)
            {
                await logger.SaveAsync();
            }
        }

        var table = _run.Read();
        Assert.Equal(5001, table.Columns.Count);
        Assert.Equal(1000, table.Rows.Count);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => ($"layer{i / 5}/m{i % 5}", (long)(i / 5), (double)i)), table.Points());
    }

    [Fact]
    public void Code_points_are_compared_as_their_UTF_8_is()
    {
        string[] names = ["", "a", "ab", "b", "Z", "é", "\uE000", "\uFFFF", "\U00010000", "\U0010FFFF", "a\U00010000", "a\uFFFD"];
        foreach (var x in names)
        {
            foreach (var y in names)
            {
                var expected = Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
                Assert.Equal(Math.Sign(expected), Math.Sign(PluginLoggers.Csv.Table.CodePointOrder.Instance.Compare(x, y)));
            }
        }
    }
}
