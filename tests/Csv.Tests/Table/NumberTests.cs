using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PluginLoggers.Csv.Table;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Table;

public sealed partial class NumberTests
{
    /// <summary>What Python's repr writes, NaN excepted.</summary>
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-32, "-32.0")]
    [InlineData(0.10000000149011612, "0.10000000149011612")]
    [InlineData(1e-45, "1e-45")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012345, "1.2345e-05")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(999999999999999, "999999999999999.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(-1.2e16, "-1.2e+16")]
    [InlineData(1.6185980912290774e16, "1.6185980912290774e+16")]
    [InlineData(1234567890123456.5, "1234567890123456.5")]
    [InlineData(1e17, "1e+17")]
    [InlineData(1e22, "1e+22")]
    [InlineData(-1.7976931348623157e308, "-1.7976931348623157e+308")]
    [InlineData(-2.2250738585072014e-308, "-2.2250738585072014e-308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_number_is_its_shortest_text(double value, string text) => Assert.Equal(text, Text(value));

    [Fact]
    public void Any_double_reads_back_as_itself_and_is_a_number_to_every_reader()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var bits = random.NextInt64(long.MinValue, long.MaxValue) >> (i % 3 == 0 ? 0 : random.Next(64));
            var value = BitConverter.Int64BitsToDouble(bits);
            var text = Text(value);
            var read = CsvTable.Number(text);
            Assert.True(double.IsNaN(value) ? double.IsNaN(read) : bits == BitConverter.DoubleToInt64Bits(read), text);
            Assert.True(PolarsFloat().IsMatch(text), text);
        }
    }

    /// <summary>A column that begins with whole numbers goes on with others: its first cell has to say so.</summary>
    [Fact]
    public void A_whole_number_is_no_integer_to_a_reader_that_guesses_the_type_from_the_first_rows()
    {
        for (var exponent = 0; exponent < 300; exponent++)
        {
            Assert.Matches(PolarsFloat(), Text(Math.Pow(10, exponent)));
        }
    }

    [Fact]
    public async Task The_culture_changes_nothing()
    {
        using var run = new TestRun();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "~" } };
        try
        {
            await using var logger = run.Create();
            logger.LogMetric("loss", -1234.5, step: -7);
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = -0.5, ["layers"] = -3L });
            await logger.SaveAsync();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal("loss,step\r\n-1234.5,-7\r\n", run.Metrics);
        Assert.Equal("lr: -0.5\nlayers: -3\n", run.Hparams);
    }

    private static string Text(double value)
    {
        Span<byte> target = stackalloc byte[NumberText.MaxLength];
        return Encoding.UTF8.GetString(target[..NumberText.Write(value, target)]);
    }

    /// <summary>What polars takes for a float when it guesses the type of a column; anything else makes the column text.</summary>
    [GeneratedRegex(@"^[-+]?((\d*\.\d+)([eE][-+]?\d+)?|inf|NaN|(\d+)[eE][-+]?\d+|\d+\.)\z")]
    private static partial Regex PolarsFloat();
}
