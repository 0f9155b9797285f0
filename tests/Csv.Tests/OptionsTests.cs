using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

public sealed class OptionsTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(",", "a,step\r\n0.5,1\r\n")]
    [InlineData(";", "a;step\r\n0.5;1\r\n")]
    [InlineData("|", "a|step\r\n0.5|1\r\n")]
    [InlineData("\t", "a\tstep\r\n0.5\t1\r\n")]
    [InlineData("tab", "a\tstep\r\n0.5\t1\r\n")]
    public async Task Cells_are_separated_as_it_is_wanted(string separator, string expected)
    {
        await using var logger = _run.Create(options: new CsvOptions { Separator = separator });
        logger.LogMetric("a", 0.5, step: 1);
        await logger.SaveAsync();

        Assert.Equal(expected, _run.Metrics);
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData(",,", "',,'")]
    [InlineData(".", "'.'")]
    [InlineData("e", "'e'")]
    [InlineData("\"", "'\"'")]
    [InlineData("\n", "'\n'")]
    [InlineData("；", "'；'")]
    [InlineData(null, "''")]
    public void Any_other_separator_is_refused(string? separator, string found) =>
        Assert.Equal(("Separator", found), Refused(new CsvOptions { Separator = separator! }));

    [Theory]
    [InlineData("G6", "0.333333")]
    [InlineData("g3", "0.333")]
    [InlineData("F3", "0.333")]
    [InlineData("E2", "3.33E-001")]
    [InlineData("G17", "0.33333333333333331")]
    [InlineData(null, "0.3333333333333333")]
    public async Task Numbers_are_written_as_it_is_wanted(string? format, string expected)
    {
        await using var logger = _run.Create(options: new CsvOptions { NumberFormat = format });
        logger.LogMetric("a", 1.0 / 3, step: 123456789);
        await logger.SaveAsync();

        Assert.Equal($"a,step\r\n{expected},123456789\r\n", _run.Metrics);
    }

    /// <summary>Rounding makes no integer of a number, and what is not finite is written as ever.</summary>
    [Fact]
    public async Task A_format_does_not_change_what_readers_see_in_a_number()
    {
        await using var logger = _run.Create(options: new CsvOptions { NumberFormat = "G3" });
        foreach (var (step, value) in new[] { 1, -0.0, 12345, double.NaN, double.NegativeInfinity, 1e-7 }.Index())
        {
            logger.LogMetric("a", value, step);
        }

        await logger.SaveAsync();
        Assert.Equal(["1.0", "-0.0", "1.23E+04", "NaN", "-inf", "1E-07"], _run.Read().Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task The_longest_numbers_have_room()
    {
        await using var logger = _run.Create(options: new CsvOptions { NumberFormat = "F17" });
        logger.LogMetrics([.. Enumerable.Range(0, 2000).Select(i => new Metric($"m{i:D4}", -double.MaxValue))], step: 0);
        await logger.SaveAsync();

        Assert.All(_run.Read().Points(), point => Assert.Equal(-double.MaxValue, point.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("G0")]
    [InlineData("G18")]
    [InlineData("G06")]
    [InlineData("G 6")]
    [InlineData("N2")]
    [InlineData("C2")]
    [InlineData("R")]
    [InlineData("0.00")]
    public void Any_other_format_is_refused(string format) =>
        Assert.Equal(("NumberFormat", $"'{format}'"), Refused(new CsvOptions { NumberFormat = format }));

    [Fact]
    public void A_layout_that_is_none_is_refused() => Assert.Equal(("Layout", "7"), Refused(new CsvOptions { Layout = (CsvLayout)7 }));

    [Fact]
    public void Times_of_wide_rows_are_refused() => Assert.Equal(("Time", "true"), Refused(new CsvOptions { Time = true }));

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public void A_prefix_with_control_characters_is_refused(string prefix) =>
        Assert.Equal("Prefix", Refused(new CsvOptions { Prefix = prefix }).Path);

    /// <summary>What was written in another manner is written anew: the host begins at the first record then.</summary>
    [Theory]
    [InlineData(";", CsvLayout.Wide)]
    [InlineData(",", CsvLayout.Tidy)]
    [InlineData(";", CsvLayout.Tidy)]
    public async Task A_file_of_other_options_is_not_continued(string separator, CsvLayout layout)
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            first.LogMetric("a", 0.5, step: 1);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        await using var second = _run.Create(bookmark, new CsvOptions { Separator = separator, Layout = layout });
        await Assert.ThrowsAsync<InvalidDataException>(() => second.SaveAsync().AsTask());
        Assert.Contains("begins anew", Assert.Single(_run.Reports), StringComparison.Ordinal);
    }

    private (string? Path, string? Found) Refused(CsvOptions options)
    {
        var refusal = Assert.Throws<LoggerOptionsException>(() => _run.Create(options: options));
        return (refusal.Path, refusal.Found);
    }
}
