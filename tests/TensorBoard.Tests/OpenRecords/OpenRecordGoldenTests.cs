using System.Text.Json;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>What TensorBoard alone can show, as torch wrote it: made by the contract's methods, field by field the same messages.</summary>
public sealed class OpenRecordGoldenTests
{
    [Theory]
    [InlineData("pr", 11, 1)]
    [InlineData("pr127", 127, 2)]
    public async Task A_curve_of_precision_and_recall_is_that_of_torch(string name, int thresholds, int record)
    {
        var given = JsonElement.Parse(await File.ReadAllTextAsync(GoldenCase.FolderOf("pr_curve.written.json")))[0];
        bool[] labels = [.. given.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() == 1)];
        double[] predictions = [.. given.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetDouble())];
        var curve = PrCurveData.FromPredictions(labels, predictions, thresholds);

        var written = await LogAsync(logger => logger.LogPrCurve(name, curve, 0));

        Assert.Equal(DecodedRecord.ReadGolden("pr_curve")[record].Value, Assert.Single(written).Value);
    }

    [Fact]
    public async Task A_mesh_is_that_of_torch()
    {
        var mesh = new MeshData(
            new float[] { 1, 1, 1, -1, -1, 1, 1, -1, -1, -1, 1, -1 },
            new[] { 0, 2, 3, 0, 3, 1, 0, 1, 2, 1, 3, 2 },
            new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 0, 255 },
            """{"camera": {"cls": "PerspectiveCamera"}}""");

        var written = await LogAsync(logger => logger.LogMesh("m", mesh, 2));

        var golden = DecodedRecord.ReadGolden("mesh")[1].Event;
        Assert.Equal((golden.Step, golden.Summary), (Assert.Single(written).Event.Step, written[0].Event.Summary));
    }

    [Fact]
    public async Task A_layout_of_charts_is_that_of_torch()
    {
        var written = await LogAsync(logger => logger.LogScalarCharts(
            new ScalarChartCategory("cat1", [ScalarChart.Lines("chart A", "a/x", "a/y")]),
            new ScalarChartCategory("cat2", [ScalarChart.Margin("chart B", ("b/v", "b/lo", "b/hi"))])));

        var golden = DecodedRecord.ReadGolden("custom_scalars").Select(record => record.Event).Single(
            read => read.Summary?.Value[0].Tensor is not null);
        Assert.Equal(golden.Summary.Value[0], Assert.Single(written).Value);
    }

    [Fact]
    public async Task Domains_of_hyperparameters_are_those_of_torch()
    {
        var written = await LogAsync(logger =>
        {
            logger.DescribeHyperparams(
                [new HyperparameterDomain("lr") { Values = [0.1, 0.2] }, new HyperparameterDomain("opt") { Values = ["adam", "sgd"] }],
                [new ComparedMetric("m")]);
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1, ["opt"] = "adam" }, null, 0);
        });

        Assert.Equal(2, written.Count);
        Assert.Equal(DecodedRecord.ReadGolden("hparams_discrete/r")[1].Value, written[0].Value);
        Assert.Equal("_hparams_/session_start_info", written[1].Value.Tag);
    }

    [Fact]
    public async Task An_embedding_is_that_of_torch()
    {
        using var run = new TestRun();
        var embedding = new EmbeddingData(new float[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, 3, ["a", "b", "c"]);

        await run.LogAsync(logger => logger.LogEmbedding("emb/x", embedding, 5));

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(GoldenCase.FolderOf("embedding"), "projector_config.pbtxt")),
            await File.ReadAllTextAsync(Path.Combine(run.Folder, "projector_config.pbtxt")));
        Assert.Equal("a\nb\nc\n", await File.ReadAllTextAsync(Path.Combine(run.Folder, "00005", "emb%2fx", "metadata.tsv")));
        Assert.Equal(
            "0\t1\t2\n3\t4\t5\n6\t7\t8\n", await File.ReadAllTextAsync(Path.Combine(run.Folder, "00005", "emb%2fx", "tensors.tsv")));
    }

    private static async Task<IReadOnlyList<DecodedRecord>> LogAsync(Action<ILightningLogger> log)
    {
        using var run = new TestRun();
        return await run.LogAsync(log);
    }
}
