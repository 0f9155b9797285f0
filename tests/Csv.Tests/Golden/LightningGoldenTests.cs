using System.Text;
using System.Text.RegularExpressions;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Golden;

/// <summary>Lightning's own files, and where ours differ from them on purpose. What is not named here is the same, byte for byte.</summary>
public sealed partial class LightningGoldenTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>The columns of the first call are Lightning's; later ones stand at the right, where Lightning sorts them in.</summary>
    [Fact]
    public async Task Basic_but_for_whole_numbers_and_the_order_of_late_columns()
    {
        await using var logger = _run.Create();
        logger.LogMetrics([new("train_loss", 0.5), new("epoch", 0)], 49);
        logger.LogMetrics([new("train_loss", 0.25), new("epoch", 0)], 99);
        logger.LogMetrics([new("val_loss", 0.125), new("epoch", 0)], 99);
        await logger.SaveAsync();
        Assert.Equal("epoch,step,train_loss,val_loss\r\n0.0,49,0.5,\r\n0.0,99,0.25,\r\n0.0,99,,0.125\r\n", _run.Metrics);

        logger.LogMetrics([new("train_loss", 0.0625), new("epoch", 1)], 149);
        await logger.SaveAsync();
        logger.LogMetrics([new("zeta", 1), new("Alpha", 2), new("epoch", 1)], 149);
        await logger.SaveAsync();

        var golden = CsvTable.Parse(Golden("pl_csv_basic.csv"));
        var ours = _run.Read();
        Assert.Equal(["epoch", "step", "train_loss", "val_loss", "Alpha", "zeta"], ours.Columns);
        Assert.Equal(golden.Points().OrderBy(point => point.Column), ours.Points().OrderBy(point => point.Column));
        Assert.Equal(golden.Rows.Count, ours.Rows.Count);
    }

    [Fact]
    public async Task Keys_but_for_whole_numbers()
    {
        await using var logger = _run.Create(options: new CsvOptions { Prefix = "p" });
        logger.LogMetrics(
            [new("a,b", 1), new("c\"d", 2), new("e\nf", 3), new("é", 4), new("", 5), new("Z", 6), new("a", 7), new("step", 99)], step: 3);
        await logger.SaveAsync();

        Assert.Equal(WithFractions(Golden("pl_csv_keys.csv")), _run.Metrics);
        Assert.Empty(_run.Reports);
    }

    /// <summary>Lightning overwrites a metric of that name, in silence.</summary>
    [Fact]
    public async Task Keys_without_a_prefix_but_for_a_metric_named_step_which_is_kept_under_another_name()
    {
        await using var logger = _run.Create();
        logger.LogMetrics([new("m", 1), new("step", 99)], step: 3);
        await logger.SaveAsync();

        Assert.Equal("m,step\r\n1,3\r\n", Golden("pl_csv_keys_noprefix.csv"));
        Assert.Equal("m,step,step_\r\n1.0,3,99.0\r\n", _run.Metrics);
        Assert.Single(_run.Reports);
    }

    /// <summary>Lightning counts the rows that wait where no step is given; here a step is always given. The rows are the same.</summary>
    [Fact]
    public async Task Steps_but_for_whole_numbers()
    {
        await using var logger = _run.Create();
        foreach (var (value, step) in new[] { (0, 0), (1, 1), (2, 0), (3, 1), (4, 0) })
        {
            logger.LogMetric("a", value, step);
            await logger.SaveAsync();
        }

        Assert.Equal(WithFractions(Golden("pl_csv_steps.csv")), _run.Metrics);
    }

    /// <summary>
    /// Lightning deletes what an earlier process wrote; here that is what a missing bookmark asks for, and a bookmark continues.
    /// </summary>
    [Fact]
    public async Task Resuming_deletes_nothing_unless_it_begins_anew()
    {
        string? bookmark;
        await using (var first = _run.Create())
        {
            first.LogMetric("a", 1, step: 0);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        await using (var resumed = _run.Create(bookmark))
        {
            resumed.LogMetric("b", 2, step: 1);
            await resumed.SaveAsync();
            Assert.Equal("a,step,b\r\n1.0,0,\r\n,1,2.0\r\n", _run.Metrics);
        }

        await using var anew = _run.Create();
        anew.LogMetric("b", 2, step: 1);
        await anew.SaveAsync();
        Assert.Equal(WithFractions(Golden("pl_csv_resume.csv")), _run.Metrics);
    }

    /// <summary>
    /// A list of values is one text; a Python object is a mapping, without the tag that only an unsafe loader takes; a name is always text,
    /// and quoted where any reader takes it for something else: R's takes y for true.
    /// </summary>
    [Fact]
    public async Task Hyperparameters_but_for_lists_of_values_objects_and_names_that_are_numbers()
    {
        await using var logger = _run.Create();
        logger.LogHyperparams(Hyperparameters.Flatten(new Dictionary<string, object?>
        {
            ["lr"] = 0.1,
            ["bs"] = 32,
            ["flag"] = true,
            ["opt"] = "adam",
            ["none"] = null,
        }));
        logger.LogHyperparams(Hyperparameters.Flatten(new Dictionary<string, object?>
        {
            ["nested"] = new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["b"] = "c" }, ["n"] = 2 },
            ["list"] = new[] { 1, 2, 3 },
            ["dicts"] = new[] { new Dictionary<string, object?> { ["x"] = 1 }, new Dictionary<string, object?> { ["y"] = 2 } },
            ["ns"] = new Dictionary<string, object?> { ["foo"] = 3 },
            ["5"] = "intkey",
        }));
        await logger.SaveAsync();

        var expected = Golden("pl_csv_basic.yaml")
            .Replace("list:\n- 1\n- 2\n- 3\n", "list: '[1, 2, 3]'\n", StringComparison.Ordinal)
            .Replace("ns: !!python/object:argparse.Namespace\n", "ns:\n", StringComparison.Ordinal)
            .Replace("  n: 2\n", "  'n': 2\n", StringComparison.Ordinal)
            .Replace("- y: 2\n", "- 'y': 2\n", StringComparison.Ordinal)
            .Replace("5: intkey\n", "'5': intkey\n", StringComparison.Ordinal);
        Assert.Equal(expected, _run.Hparams);
    }

    private static string Golden(string name) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name)));

    /// <summary>
    /// The cases log Python's ints, which stand there without a fraction; ours are doubles. The last column is the step in all of them.
    /// </summary>
    private static string WithFractions(string golden) => WholeNumber().Replace(golden, "$1.0");

    [GeneratedRegex(@"(?<=(?:^|,|\n))(\d+)(?=,)")]
    private static partial Regex WholeNumber();
}
