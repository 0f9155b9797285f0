using Moq;
using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests.TensorBoard;

/// <summary>What the records hold is tested beside the backend that reads them; here is what they refuse, and where they go.</summary>
public sealed class TensorBoardRecorderTests
{
    [Fact]
    public void Labels_predictions_and_weights_are_as_many()
    {
        Assert.Throws<ArgumentException>(() => PrCurveData.FromPredictions([true], [0.5f, 0.5f]));
        Assert.Throws<ArgumentException>(() => PrCurveData.FromPredictions([true], [0.5f], weights: [1, 2]));
        Assert.Equal(127, PrCurveData.FromPredictions([], (ReadOnlySpan<float>)[]).Thresholds);
    }

    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_prediction_that_is_no_probability_is_refused_by_its_position(float prediction)
    {
        var refusal = Assert.Throws<ArgumentException>(() => PrCurveData.FromPredictions([true, false], [0.5f, prediction]));
        Assert.Contains("Prediction 1 is", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_makes_no_sense_is_refused(float weight) =>
        Assert.Throws<ArgumentException>(() => PrCurveData.FromPredictions([true], [0.5f], weights: [weight]));

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void A_curve_has_2_to_127_thresholds(int thresholds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PrCurveData.FromPredictions([true], [0.5f], thresholds));

    [Fact]
    public void Parts_of_a_mesh_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MeshData(default));
        Assert.Throws<ArgumentException>(() => new MeshData(new float[4]));
        Assert.Throws<ArgumentException>(() => new MeshData(new float[3], new int[2]));
        Assert.Throws<ArgumentException>(() => new MeshData(new float[3], new[] { 0, 0, 1 }));
        Assert.Throws<ArgumentException>(() => new MeshData(new float[3], new[] { 0, 0, -1 }));
        Assert.Throws<ArgumentException>(() => new MeshData(new float[6], default, new byte[3]));
    }

    [Fact]
    public void Parts_of_an_embedding_that_do_not_fit_are_refused()
    {
        var sprite = ImageData.FromPixels(new byte[4], 2, 2, channels: 1);
        Assert.Throws<ArgumentException>(() => new EmbeddingData(new float[5], 2));
        Assert.Throws<ArgumentException>(() => new EmbeddingData(default, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingData(new float[4], 0));
        Assert.Throws<ArgumentException>(() => new EmbeddingData(new float[4], 2, ["one"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingData(new float[4], 2, sprite: sprite));
        Assert.Throws<ArgumentException>(() => new EmbeddingData(new float[4], 2, sprite: sprite, spriteWidth: 2, spriteHeight: 2));
        Assert.Equal(2, new EmbeddingData(new float[4], 2, sprite: sprite, spriteWidth: 1, spriteHeight: 2).Count);
    }

    [Fact]
    public void A_hyperparameter_has_values_of_one_type_or_a_range()
    {
        var recorder = Mock.Of<IOpenRecorder>();
        Assert.Throws<ArgumentException>(() => recorder.DescribeHyperparams([new HyperparameterDomain("x") { Values = [1, "a"] }], []));
        Assert.Throws<ArgumentException>(
            () => recorder.DescribeHyperparams([new HyperparameterDomain("x") { Values = [1], Range = (0, 1) }], []));
    }

    [Fact]
    public async Task Each_record_goes_to_any_logger_with_its_kind_its_name_and_its_step()
    {
        await using var logger = new RecordingLogger();
        logger.LogPrCurve("pr", PrCurveData.FromPredictions([true], [0.5f]), 3);
        logger.LogMesh("mesh", new MeshData(new float[3]), 4);
        logger.LogEmbedding("embedding", new EmbeddingData(new float[2], 2), 5);
        logger.LogScalarCharts(new ScalarChartCategory("category", [ScalarChart.Lines("chart", "loss")]));
        logger.DescribeHyperparams([new HyperparameterDomain("lr") { Range = (0, 1) }], [new ComparedMetric("acc")]);

        Assert.Equal(
            [
                (TensorBoardRecordKinds.Value, "pr", 3), (TensorBoardRecordKinds.Summary, "mesh", 4),
                (TensorBoardRecordKinds.Embedding, "embedding", 5),
                (TensorBoardRecordKinds.Value, "custom_scalars__config__", 0), (TensorBoardRecordKinds.Value, "_hparams_/experiment", 0L),
            ],
            logger.Records.Cast<LoggedRecord.Custom>().Select(record => (record.Kind, record.Name, record.Step)));
    }
}
