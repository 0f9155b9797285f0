using System.Text.RegularExpressions;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

/// <summary>
/// What pandas, polars, DuckDB, R and Excel need, so that none of them needs an option. Each rule names the reader that fails without it.
/// </summary>
public sealed partial class ReaderRulesTests : IDisposable
{
    private readonly TestRun _run = new();

    public static TheoryData<CsvLayout, string, string?> Manners => new()
    {
        { CsvLayout.Wide, ",", null },
        { CsvLayout.Wide, ";", "G4" },
        { CsvLayout.Tidy, ",", "F2" },
        { CsvLayout.Tidy, "\t", null },
    };

    public void Dispose() => _run.Dispose();

    /// <summary>
    /// R makes a byte order mark part of the first name. (Excel wants one for names beyond ASCII, unless the file is imported.)
    /// </summary>
    [Theory]
    [MemberData(nameof(Manners))]
    public async Task The_first_byte_is_the_first_name(CsvLayout layout, string separator, string? numbers)
    {
        await WriteAsync(layout, separator, numbers);
        Assert.NotEqual(0xEF, File.ReadAllBytes(_run.MetricsPath)[0]);
    }

    /// <summary>Excel splits rows at CR LF; all others take either.</summary>
    [Theory]
    [MemberData(nameof(Manners))]
    public async Task Every_row_ends_with_CR_LF_the_last_one_too(CsvLayout layout, string separator, string? numbers)
    {
        await WriteAsync(layout, separator, numbers);
        Assert.EndsWith("\r\n", _run.Metrics, StringComparison.Ordinal);
        Assert.DoesNotMatch(BareLineFeed(), _run.Metrics);
    }

    /// <summary>polars and DuckDB refuse rows of another width; polars refuses a name twice, pandas changes it.</summary>
    [Theory]
    [MemberData(nameof(Manners))]
    public async Task All_rows_are_as_wide_as_the_header_and_no_name_stands_there_twice(CsvLayout layout, string separator, string? numbers)
    {
        await WriteAsync(layout, separator, numbers);
        var columns = CsvTable.Parse(_run.Metrics, separator[0]).Columns;
        Assert.Equal(columns.Count, columns.Distinct().Count());
    }

    /// <summary>
    /// polars takes a quoted number for text; pandas, R and DuckDB take a comma in one for the next cell; polars and DuckDB take a column
    /// for integers whose first cells are, and then fail at 0.5.
    /// </summary>
    [Theory]
    [MemberData(nameof(Manners))]
    public async Task A_number_is_never_quoted_has_a_point_and_is_a_float_to_everybody(CsvLayout layout, string separator, string? numbers)
    {
        await WriteAsync(layout, separator, numbers);
        var table = CsvTable.Parse(_run.Metrics, separator[0]);
        var cells = layout == CsvLayout.Tidy
            ? table.Rows.Select(row => row[2])
            : table.Rows.SelectMany(row => row.Index().Where(cell => table.Columns[cell.Index] != "step").Select(cell => cell.Item));
        Assert.All(cells.Where(cell => cell.Length > 0), cell => Assert.Matches(Float(), cell));
        Assert.DoesNotMatch(QuotedNumber(), _run.Metrics);
    }

    /// <summary>A missing value is nothing at all: polars takes "" for text, R takes a space for one.</summary>
    [Fact]
    public async Task What_a_row_does_not_have_is_an_empty_cell_without_quotes()
    {
        await WriteAsync(CsvLayout.Wide, ",", null);
        Assert.Contains("\r\n,0.5,1,,\r\n", _run.Metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("\"\"", _run.Metrics.Split("\r\n", 2)[1], StringComparison.Ordinal);
    }

    /// <summary>pandas, polars, DuckDB and R find a date in it by themselves, with its zone.</summary>
    [Fact]
    public async Task A_time_is_ISO_8601_in_UTC_to_the_microsecond()
    {
        await using var logger = _run.Create(options: new CsvOptions { Layout = CsvLayout.Tidy, Time = true });
        logger.LogMetric("loss", 0.5, step: 0);
        await logger.SaveAsync();
        Assert.Matches(IsoTime(), Assert.Single(_run.Read().Rows)[3]);
    }

    private async Task WriteAsync(CsvLayout layout, string separator, string? numbers)
    {
        await using var logger = _run.Create(options: new CsvOptions { Layout = layout, Separator = separator, NumberFormat = numbers });
        logger.LogMetrics([new("loss", 1), new("a;b,c\td|e\"", 1e21), new("é", double.NaN)], step: 0);
        await logger.SaveAsync();
        logger.LogMetrics([new("loss", 0.5), new("loss", 1e-7), new("late", double.NegativeInfinity)], step: 1);
        await logger.SaveAsync();
    }

    [GeneratedRegex(@"^(?:-?(?:\d+\.\d+(?:[eE][-+]\d+)?|\d+[eE][-+]\d+|inf)|NaN)\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex BareLineFeed();

    [GeneratedRegex(@"""-?\d")]
    private static partial Regex QuotedNumber();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\z")]
    private static partial Regex IsoTime();
}
