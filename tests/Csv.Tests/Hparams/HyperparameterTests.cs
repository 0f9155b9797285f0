using System.Text;
using PluginLoggers.Csv.Hparams;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Hparams;

public sealed class HyperparameterTests : IDisposable
{
    private readonly TestRun _run = new();

    /// <summary>
    /// Strings that a reader of YAML 1.1 or 1.2 takes for something else, if they stand without quotes; and some that need escapes.
    /// </summary>
    public static TheoryData<string> AwkwardTexts =>
    [
        "", " ", " a", "a ", "true", "True", "FALSE", "yes", "No", "on", "OFF", "y", "n", "Y", "null", "Null", "NULL", "~", "1", "-1",
        "+1", "0", "007", "1_000", "1.0", "1.", ".5", "1e3", "1e-05", "1.0e5", "1.0e+5", "0x1F", "0b1", "0o17", "1:30", "190:20:30.15",
        ".inf", "-.inf", "+.inf", ".nan", ".NaN", "inf", "nan", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "<<", "=", "-", "- a",
        "--- a", "...", "? a", ": a", "a: b", "a #b", "#a", "&a", "*a", "!a", "!!int 1", "|", ">", "%a", "@a", "`a`", "[1, 2, 3]",
        "{a: b}", "a, b", "'a'", "it's", "\"a\"", "\\n", "a\nb", "a\n", "\na", "a\r\nb", "a\rb", "\t", "a\tb", "\0", "\u0007",
        "\u001b[0m", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff", "\uffff", "é", "損失", "\U0001F680", "C:\\data\\x",
        "/data/x", "../x", "https://example.org/?a=b#c", "a/b", "adam", "Adam W", "a  b", "lr=0.1",
    ];

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_type_is_kept()
    {
        var hyperparams = new Dictionary<string, object?>
        {
            ["none"] = null,
            ["yes"] = true,
            ["off"] = false,
            ["zero"] = 0L,
            ["least"] = long.MinValue,
            ["most"] = long.MaxValue,
            ["lr"] = 1e-5,
            ["one"] = 1.0,
            ["huge"] = 1e300,
            ["large"] = 1e16,
            ["precise"] = 1.2345678901234567e-8,
            ["tiny"] = double.Epsilon,
            ["nan"] = double.NaN,
            ["inf"] = double.PositiveInfinity,
            ["negative"] = double.NegativeInfinity,
            ["text"] = "adam",
        };
        await SaveAsync(hyperparams);

        Assert.Equal(hyperparams, Yaml.LoadFlat(_run.Hparams));
        Assert.Contains("\nlr: 1.0e-05\n", _run.Hparams, StringComparison.Ordinal);
        Assert.Contains("\n'yes': true\n", _run.Hparams, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Negative_zero_stays_negative()
    {
        await SaveAsync(new Dictionary<string, object?> { ["x"] = -0.0 });
        Assert.Equal("x: -0.0\n", _run.Hparams);
    }

    [Theory]
    [MemberData(nameof(AwkwardTexts))]
    public void A_text_stays_a_text_as_a_value_and_as_a_name(string text)
    {
        var tree = new HyperparameterTree();
        tree.Set("value", text);
        tree.Set(text, "name");
        tree.Set("in/" + text, "nested");
        var yaml = HyperparametersWriter.Write(tree);

        var flat = Yaml.LoadFlat(yaml);
        Assert.Equal(text, flat["value"]);
        Assert.Equal("name", flat[text]);
        Assert.Equal(3, flat.Count);
        Assert.Equal(yaml, HyperparametersWriter.Write(HyperparametersReader.Read(yaml)));
    }

    [Fact]
    public async Task Names_are_nested_and_positions_become_lists()
    {
        await SaveAsync(new Dictionary<string, object?>
        {
            ["optimizer/name"] = "adam",
            ["layers/0/units"] = 8L,
            ["layers/1/units"] = 4L,
            ["optimizer/betas/0"] = 0.9,
            ["optimizer/betas/1"] = 0.999,
        });

        Assert.Equal(
            """
            optimizer:
              name: adam
              betas:
              - 0.9
              - 0.999
            layers:
            - units: 8
            - units: 4

            """,
            _run.Hparams);
    }

    /// <summary>
    /// Positions that are no list: with a gap, out of order, not from 0 on, with names among them, at the top, or with a value that is a
    /// prefix.
    /// </summary>
    [Theory]
    [InlineData("a/0", "a/2")]
    [InlineData("a/1", "a/0")]
    [InlineData("a/1", "a/2")]
    [InlineData("a/0", "a/x")]
    [InlineData("a/00", "a/01")]
    [InlineData("0", "1")]
    [InlineData("a/0", "a/0/b")]
    public async Task What_is_no_list_stays_a_mapping(string first, string second)
    {
        await SaveAsync(new Dictionary<string, object?> { [first] = 1L, [second] = 2L });

        Assert.DoesNotContain("- ", _run.Hparams, StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, object?> { [first] = 1L, [second] = 2L }, Yaml.LoadFlat(_run.Hparams));
    }

    [Fact]
    public async Task A_name_that_is_both_a_value_and_a_prefix_stays_flat()
    {
        await SaveAsync(new Dictionary<string, object?> { ["a/b/c"] = 1L, ["a/b"] = 2L, ["a/b/d/e"] = 3L, ["x"] = 4L, ["x/y"] = 5L });

        Assert.Equal("a:\n  b: 2\n  b/c: 1\n  b/d:\n    e: 3\nx: 4\nx/y: 5\n", _run.Hparams);
    }

    [Fact]
    public async Task A_later_call_is_merged_and_keeps_the_place_of_a_name()
    {
        await using var logger = _run.Create();
        logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.5, ["net/layers"] = 2L, ["name"] = "a" });
        await logger.SaveAsync();
        logger.LogHyperparams(new Dictionary<string, object?> { ["net/units"] = 8L, ["lr"] = 0.25 });
        await logger.SaveAsync();

        Assert.Equal("lr: 0.25\nnet:\n  layers: 2\n  units: 8\nname: a\n", _run.Hparams);
        Assert.Equal("", _run.Metrics);
    }

    [Fact]
    public async Task Metrics_of_hyperparameters_are_a_row()
    {
        await using var logger = _run.Create();
        var metrics = new Dictionary<string, double> { ["hp_metric"] = -1 };
        logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.5 }, metrics, step: 3);
        await logger.SaveAsync();

        Assert.Equal("hp_metric,step\r\n-1.0,3\r\n", _run.Metrics);
    }

    [Fact]
    public async Task Without_a_bookmark_an_earlier_file_goes()
    {
        await SaveAsync(new Dictionary<string, object?> { ["old"] = 1L });
        await using var anew = _run.Create();
        anew.LogMetric("loss", 0.5, step: 0);
        await anew.SaveAsync();

        Assert.False(File.Exists(_run.HparamsPath));
    }

    [Fact]
    public void A_name_of_slashes_is_nested_only_so_deep_and_a_long_one_is_whole()
    {
        var tree = new HyperparameterTree();
        tree.Set(new string('/', 10_000), 1L);
        tree.Set(new string('x', 30_000), 2L);
        var flat = Yaml.LoadFlat(HyperparametersWriter.Write(tree));

        Assert.Equal([new string('/', 10_000), new string('x', 30_000)], flat.Keys);
    }

    /// <summary>What is read back, and added to, is what would be there without the reading.</summary>
    [Fact]
    public void Reading_back_at_any_time_changes_nothing()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var (kept, reread) = (new HyperparameterTree(), new HyperparameterTree());
            kept.Set("first", 0L);
            reread.Set("first", 0L);
            for (var j = 1L; j < 12; j++)
            {
                var name = string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => "012ab\n"[random.Next(6)].ToString()));
                kept.Set(name, j);
                reread = HyperparametersReader.Read(HyperparametersWriter.Write(reread));
                reread.Set(name, j);
            }

            Assert.Equal(HyperparametersWriter.Write(kept), HyperparametersWriter.Write(reread));
        }
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        var tree = new HyperparameterTree();
        tree.Set("lr", 1e-5);
        tree.Set("net/layers/0/units", 8L);
        tree.Set("net/layers/1/units", 4L);
        tree.Set("note", "a\nb");
        tree.Set("x", null);
        tree.Set("x/y", true);
        tree.Set("é", "it's");

        var whole = Encoding.UTF8.GetBytes(HyperparametersWriter.Write(tree));
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < 3000; seed++)
        {
            try
            {
                var damaged = HyperparametersReader.Read(Encoding.UTF8.GetString(Damage.Of(whole, new Random(seed))));
                Assert.Equal(damaged.Count, Yaml.LoadFlat(HyperparametersWriter.Write(damaged)).Count);
                read++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void A_file_nested_without_end_is_refused(char bracket) =>
        Assert.Throws<InvalidDataException>(() => HyperparametersReader.Read("a: " + new string(bracket, 20_000)));

    [Theory]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("a: !!str 1\n")]
    [InlineData("a: &x 1\n")]
    [InlineData("a: !!seq [1]\n")]
    [InlineData("a: 99999999999999999999\n")]
    [InlineData("- a\n")]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("? [a]\n: 1\n")]
    [InlineData("")]
    public void What_we_do_not_write_is_refused(string yaml) => Assert.Throws<InvalidDataException>(() => HyperparametersReader.Read(yaml));

    private async Task SaveAsync(Dictionary<string, object?> hyperparams)
    {
        await using var logger = _run.Create();
        logger.LogHyperparams(hyperparams);
        await logger.SaveAsync();
    }
}
