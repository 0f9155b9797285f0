using System.Text;
using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Import;

public sealed class MetricsSourceTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("-0.0", -0.0)]
    [InlineData("1e-45", 1e-45)]
    [InlineData("1e+22", 1e22)]
    [InlineData(".5", 0.5)]
    [InlineData("+3", 3)]
    [InlineData("0.10000000149011612", 0.10000000149011612)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("-nan", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("True", 1)]
    [InlineData("False", 0)]
    [InlineData("TRUE", 1)]
    [InlineData("\"0.5\"", 0.5)]
    public void A_number_is_read_however_Python_pandas_or_R_writes_it(string cell, double value)
    {
        var target = _source.ReadMetrics($"m,step\r\n{cell},0\r\n");

        Assert.Empty(target.Damages);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Assert.Single(target.Points).Value));
    }

    [Theory]
    [InlineData("49", 49)]
    [InlineData("-7", -7)]
    [InlineData("49.0", 49)]
    [InlineData("1e3", 1000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_step_is_a_whole_number_in_any_form(string cell, long step) =>
        Assert.Equal(step, Assert.Single(_source.ReadMetrics($"m,step\n1,{cell}\n").Points).Step);

    [Theory]
    [InlineData("")]
    [InlineData("0.5")]
    [InlineData("nan")]
    [InlineData("True")]
    [InlineData("9223372036854775808")]
    [InlineData("x")]
    public void A_row_without_a_step_is_damage_and_the_others_are_read(string cell)
    {
        var target = _source.ReadMetrics($"m,step\r\n1,{cell}\r\n2,7\r\n");

        Assert.Equal([("m", 7, 2.0)], target.Points);
        Assert.Equal((_source.At("metrics.csv"), 8), (target.Damages[0].File, Assert.Single(target.Damages).Offset));
        Assert.Contains("step", target.Damages[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_separator_is_found_in_the_header(string separator)
    {
        separator = separator.Length == 0 ? "," : separator;
        var target = _source.ReadMetrics($"\uFEFF\"a,b;c\td|e\"{separator}step\n0.5{separator}3\n");

        Assert.Equal([("a,b;c\td|e", 3, 0.5)], target.Points);
        Assert.Empty(target.Damages);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b\r\n1,2\r\n", "no column 'step'")]
    [InlineData("a,step", "cut off")]
    [InlineData("\"a,step\r\n1,2\r\n", "quote")]
    public void A_table_without_a_header_is_damage(string content, string reason)
    {
        var target = _source.ReadMetrics(content);

        Assert.Empty(target.Records);
        Assert.Equal(0, Assert.Single(target.Damages).Offset);
        Assert.Contains(reason, target.Damages[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,0\r\n2,", 13, "cut off")]
    [InlineData("1,0\r\n2,1,\r\n", 13, "3 cells")]
    [InlineData("1,0\r\n\"2,1\r\n", 13, "quote")]
    [InlineData("1,0\r\n2\"3,1\r\n", 13, "quote")]
    [InlineData("1,0\r\n\"2\"3,1\r\n", 13, "quote")]
    [InlineData("1,0\r\n2\r,1\r\n", 13, "quote")]
    [InlineData("1,0\r\n0.2.5,1\r\n", 13, "no number")]
    [InlineData("1,0\r\n\u0001,1\r\n", 13, "no number")]
    public void Damage_has_an_offset_and_a_reason_and_costs_its_line_only(string rows, int offset, string reason)
    {
        var target = _source.ReadMetrics("m,step\r\n" + rows + (rows.EndsWith('\n') ? "3,2\r\n" : ""));

        Assert.Equal(rows.EndsWith('\n') ? [("m", 0, 1.0), ("m", 2, 3.0)] : [("m", 0, 1.0)], target.Points);
        Assert.Equal(offset, Assert.Single(target.Damages).Offset);
        Assert.Contains(reason, target.Damages[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_cell_costs_that_cell_only()
    {
        var target = _source.ReadMetrics("a,b,step\r\n1.2.3,0.5,0\r\n");

        Assert.Equal([("b", 0, 0.5)], target.Points);
        Assert.Single(target.Damages);
    }

    [Fact]
    public void Text_among_numbers_is_counted_and_no_damage()
    {
        var target = _source.ReadMetrics("a,note,step\r\n1,adam,0\r\n2,\"a\"\"b, c\",1\r\n");

        Assert.Equal([("a", 0, 1.0), ("a", 1, 2.0)], target.Points);
        Assert.Empty(target.Damages);
        Assert.Equal(["cells with text", "cells with text"], target.Skipped);
    }

    [Fact]
    public void Empty_lines_and_rows_without_values_are_nothing()
    {
        var target = _source.ReadMetrics("a,step\r\n\r\n,5\r\n1,6\r\n\r\n");

        Assert.Equal([("a", 6, 1.0)], target.Points);
        Assert.Empty(target.Damages);
    }

    [Fact]
    public void A_name_longer_than_any_logger_takes_is_counted()
    {
        var target = _source.ReadMetrics($"a,{new string('x', RecordLimits.MaxNameBytes + 1)},step\r\n1,2,3\r\n");

        Assert.Equal([("a", 3, 1.0)], target.Points);
        Assert.Single(target.Skipped);
    }

    [Fact]
    public void More_values_than_a_call_takes_are_several_calls()
    {
        var names = Enumerable.Range(0, RecordLimits.MaxMetricsPerCall + 1).Select(i => $"m{i}").ToList();
        var target = _source.ReadMetrics($"{string.Join(',', names)},step\r\n{string.Join(',', names.Select(_ => "1"))},3\r\n");

        Assert.Equal(2, target.Records.Count);
        Assert.Equal(names, target.Points.Select(point => point.Name));
    }

    [Theory]
    [InlineData(CsvLayout.Wide, ",", false)]
    [InlineData(CsvLayout.Wide, "tab", false)]
    [InlineData(CsvLayout.Tidy, ",", false)]
    [InlineData(CsvLayout.Tidy, ";", true)]
    [InlineData(CsvLayout.Tidy, "|", true)]
    public async Task What_is_written_here_is_read_back_whatever_a_metric_is_called(CsvLayout layout, string separator, bool withTime)
    {
        string[] names =
        [
            "", "\n", "\r\n", "a,b", "a;b", "a\tb", "a|step|b", "\"", "\"\"", "\U0001F680", new string('x', 1000), "a/b/c", "../../etc",
            "..", "step_", "step,x", " ", "=1+1", "name", "value", "\uFEFF",
        ];
        using var run = new TestRun();
        var time = new SettableTime();
        var options = new CsvOptions { Layout = layout, Separator = separator, Time = withTime };
        await using (var logger = run.Create(options: options, time: time))
        {
            foreach (var (step, name) in names.Index())
            {
                time.Now += TimeSpan.FromMilliseconds(1.5);
                logger.LogMetrics([new(name, step + 0.1), new("always", double.NaN)], step);
            }

            await logger.SaveAsync();
        }

        var target = new RecordingTarget();
        Assert.Single(new CsvPlugin().FindRuns(run.Output)).ReadTo(target, CancellationToken.None);

        Assert.Empty(target.Damages);
        var written = names.Select(name => layout == CsvLayout.Wide && name == "step_" ? "step__" : name);
        Assert.Equal(
            written.Index().Select(name => (name.Item, (long)name.Index, name.Index + 0.1)),
            target.Points.Where(point => point.Name != "always"));
        Assert.Equal(names.Length, target.Points.Count(point => point.Name == "always"));
        Assert.Equal(withTime ? time.Now : default, target.Records[^1].Time);
    }

    [Fact]
    public void What_was_appended_meanwhile_follows_what_was_there()
    {
        var before = _source.ReadMetrics("a,step\r\n1,0\r\n2,").Points;
        var after = _source.ReadMetrics("A,a,step\r\n,1,0\r\n,2,1\r\n3,,2\r\n").Points;

        Assert.Equal(before, after.Take(before.Count()));
        Assert.Equal(3, after.Count());
    }

    [Fact]
    public void The_reading_ends_between_two_rows_when_it_is_cancelled()
    {
        _source.Write("metrics.csv", "a,step\r\n1,0\r\n2,1\r\n");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        var run = Assert.Single(new CsvPlugin().FindRuns(_source.Root));

        Assert.Throws<OperationCanceledException>(() => run.ReadTo(new RecordingTarget(), cancelled.Token));
    }

    /// <summary>
    /// A table is damaged in any way: nothing is thrown, every row is read or reported, and the same again the second time.
    /// </summary>
    [Theory]
    [InlineData(CsvLayout.Wide)]
    [InlineData(CsvLayout.Tidy)]
    public async Task Whatever_a_table_holds_nothing_is_thrown_and_reading_again_gives_the_same(CsvLayout layout)
    {
        using var run = new TestRun();
        await using (var logger = run.Create(options: new CsvOptions { Layout = layout }))
        {
            for (var step = 0; step < 20; step++)
            {
                logger.LogMetrics([new("loss", 1.0 / (step + 1)), new("a,\n\"b\"", step), new("ok", double.NaN)], step);
            }

            await logger.SaveAsync();
        }

        var whole = File.ReadAllBytes(run.MetricsPath);
        var damaged = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            _source.Write("metrics.csv", Damage.Of(whole, new Random(seed)));
            var (first, second) = (_source.Read(), _source.Read());

            Assert.Equal(first.Points, second.Points);
            Assert.Equal(first.Damages, second.Damages);
            damaged += first.Damages.Count > 0 ? 1 : 0;
        }

        Assert.True(damaged > 100, $"{damaged} were found to be damaged");
    }

    [Fact]
    public void Any_bytes_at_all_are_read_or_reported()
    {
        var random = new Random(7);
        var telling = ",;\"\r\n0.1e-nastep"u8.ToArray();
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = random.Next(4) > 0 ? telling[random.Next(telling.Length)] : (byte)random.Next(256);
            }

            _source.Write("metrics.csv", [.. i % 2 == 0 ? "a,step\r\n"u8 : "step,name,value\n"u8, .. bytes]);
            var target = _source.Read();

            Assert.InRange(target.BytesRead, 0, bytes.Length + 20);
            Assert.All(target.Damages, damage => Assert.InRange(damage.Offset, 0, bytes.Length + 20));
        }
    }

    /// <summary>
    /// Each line opens a quote that nothing closes: read to the end each time, it would be a hundred thousand million bytes.
    /// </summary>
    [Fact]
    public void Nothing_but_quotes_is_read_in_linear_time()
    {
        const int Lines = 300_000;
        var content = new StringBuilder("a,step\r\n").Insert(8, "1,\"\"\"x\r\n", Lines);

        var target = _source.ReadMetrics(content.ToString());

        Assert.Empty(target.Points);
        Assert.InRange(target.Damages.Count, 1, Lines);
        Assert.Equal(content.Length, target.BytesRead);
    }
}
