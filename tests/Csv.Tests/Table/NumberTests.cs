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
    [InlineData(5.684341886080802e-14, "5.684341886080802e-14")]
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

    /// <summary>Of every exponent: the ends of the range, and what lies between them.</summary>
    [Fact]
    public void The_shortest_digits_are_those_of_the_runtime()
    {
        var random = new Random(2);
        var unsure = 0;
        for (var exponent = 1L; exponent < 0x7FF; exponent++)
        {
            for (var i = 0; i < 150; i++)
            {
                var fraction = i switch
                {
                    0 => 1,
                    1 => (1L << 52) - 1,
                    < 50 => random.NextInt64(1, 1L << 23) << 29,
                    _ => random.NextInt64(1, 1L << 52),
                };
                unsure += Compare(BitConverter.Int64BitsToDouble((exponent << 52) | fraction)) ? 0 : 1;
            }
        }

        // Not sure is one in some thousands, and all that lie half way between two decimals.
        Assert.InRange(unsure, 0, 0x7FF * 3);
    }

    /// <summary>The runtime itself does not: it writes 2^-958 as its lower neighbour.</summary>
    [Fact]
    public void Powers_of_two_read_back_as_themselves()
    {
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            var value = Math.ScaleB(1, exponent);
            Assert.Equal(value, double.Parse(Text(value), CultureInfo.InvariantCulture));
        }

        Assert.Equal("4.1045368012983762e-289", Text(Math.ScaleB(1, -958)));
    }

    /// <summary>What is logged: few decimals, quotients, single precision; and what lies beside a short decimal.</summary>
    [Fact]
    public void Numbers_as_trainers_log_them_are_written_as_the_runtime_writes_them()
    {
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var few = double.Parse($"{random.Next(100_000)}e{random.Next(-12, 8)}", CultureInfo.InvariantCulture);
            var quotient = random.Next(1, 100) / (double)random.Next(1, 1000);
            double[] values = [few, Math.BitIncrement(few), Math.BitDecrement(few), random.NextSingle(), quotient];
            foreach (var value in values.Where(value => value != 0))
            {
                Compare(value);
            }
        }
    }

    /// <summary>Every exponent, with few bits set and with many; and what stands beside it.</summary>
    [Fact]
    public void Any_number_is_the_text_of_Pythons_repr()
    {
        var random = new Random(4);
        for (var exponent = 0L; exponent < 0x7FF; exponent++)
        {
            for (var i = 0; i < 250; i++)
            {
                var fraction = i < 104 ? (1L << (i / 2)) - (i % 2) : random.NextInt64(1L << 52) & (-1L << random.Next(52));
                CompareText(BitConverter.Int64BitsToDouble((random.NextInt64(2) << 63) | (exponent << 52) | fraction));
            }
        }
    }

    [Fact]
    public void Decimals_and_their_neighbours_are_the_text_of_Pythons_repr()
    {
        for (var exponent = -330; exponent < 309; exponent++)
        {
            for (var digits = 1; digits < 100; digits++)
            {
                var bits = BitConverter.DoubleToInt64Bits(double.Parse($"{digits}e{exponent}", CultureInfo.InvariantCulture));
                for (var beside = -2; beside <= 2; beside++)
                {
                    CompareText(BitConverter.Int64BitsToDouble(bits + beside));
                }
            }
        }

        for (var whole = 0; whole < 200_000; whole++)
        {
            CompareText(whole);
            CompareText(whole / 1000.0);
            CompareText((1L << 53) + (whole * 1L << (whole % 40)));
        }
    }

    [Fact]
    public void A_step_is_a_whole_number_of_any_length()
    {
        var random = new Random(5);
        long[] ends = [0, long.MinValue, long.MaxValue, .. Enumerable.Range(0, 19).Select(digits => (long)Math.Pow(10, digits))];
        foreach (var step in ends.Concat(Enumerable.Range(0, 20_000).Select(_ => random.NextInt64() >> random.Next(64))))
        {
            foreach (var near in new[] { step, unchecked(step - 1), unchecked(-step) })
            {
                Assert.Equal(near.ToString(CultureInfo.InvariantCulture), Text(near));
            }
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

    /// <summary>Compares with the runtime's digits; false if it is asked anyway.</summary>
    private static bool Compare(double value)
    {
        var expected = (ShortestDecimal.Ask(value, out var last, out var exponent), last, exponent);
        var isSure = ShortestDecimal.TryFind(value, out var first16, out last, out exponent);
        Assert.True(!isSure || (first16, last, exponent) == expected, $"Found {first16}{last}e{exponent - 16} for {value:R}.");
        var text = Text(value);
        Assert.True(value == double.Parse(text, CultureInfo.InvariantCulture), text);
        return isSure;
    }

    /// <summary>Powers of two have a test of their own, because the runtime's digits of some of them are wrong.</summary>
    private static void CompareText(double value)
    {
        if (value != 0 && double.IsFinite(value) && BitConverter.DoubleToInt64Bits(value) << 12 != 0)
        {
            Assert.Equal(PythonFloat.Repr(value), Text(value));
        }
    }

    private static string Text(long step)
    {
        Span<byte> target = stackalloc byte[NumberText.MaxLength];
        return Encoding.UTF8.GetString(target[..NumberText.Write(step, target)]);
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
