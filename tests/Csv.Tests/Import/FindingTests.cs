using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Import;

public sealed class FindingTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void A_run_is_a_folder_with_either_file_and_is_named_by_its_path()
    {
        _source.Write("metrics.csv", "a,step\r\n");
        _source.Write("logs/version_0/metrics.csv", "a,step\r\n");
        _source.Write("logs/version_0/hparams.yaml", "a: 1\n");
        _source.Write("logs/version_1/hparams.yaml", "a: 1\n");
        _source.Write("logs/other/results.csv", "a,step\r\n");

        var runs = new CsvPlugin().FindRuns(_source.Root);

        Assert.Equal(["", "logs/version_0", "logs/version_1"], runs.Select(run => run.Name));
        Assert.Equal(
            [LoggerFeatures.Metrics, LoggerFeatures.Metrics | LoggerFeatures.Hyperparameters, LoggerFeatures.Hyperparameters],
            runs.Select(run => run.Features));
        Assert.Equal([8, 13, 5], runs.Select(run => run.Bytes));
    }

    [Theory]
    [InlineData("results.csv", 1)]
    [InlineData("results.TSV", 1)]
    [InlineData("events.out.tfevents.1", 0)]
    [InlineData("hparams.yaml", 0)]
    public void A_file_that_is_named_is_a_run_if_it_is_a_table(string name, int runs) =>
        Assert.Equal(runs, new CsvPlugin().FindRuns(_source.Write(name, "a,step\r\n1,2\r\n")).Count);

    [Fact]
    public void Hyperparameters_beside_a_file_that_is_named_belong_to_it()
    {
        var file = _source.Write("results.csv", "a,step\r\n1,2\r\n");
        _source.Write("hparams.yaml", "lr: 0.5\n");

        var target = _source.Read(Path.GetFileName(file));

        Assert.Equal([("a", 2, 1.0)], target.Points);
        Assert.Equal(0.5, target.Hyperparams["lr"]);
    }

    [Fact]
    public void An_empty_folder_has_none() => Assert.Empty(new CsvPlugin().FindRuns(_source.Root));

    [Fact]
    public void A_place_that_is_not_there_is_told() =>
        Assert.ThrowsAny<IOException>(() => new CsvPlugin().FindRuns(_source.At("nowhere")));

    [UnixFact("Windows lets not everybody make links.")]
    public void A_link_to_a_folder_is_not_followed()
    {
        _source.Write("logs/metrics.csv", "a,step\r\n");
        Directory.CreateSymbolicLink(_source.At("logs/around"), _source.Root);

        Assert.Equal(["logs"], new CsvPlugin().FindRuns(_source.Root).Select(run => run.Name));
    }
}
