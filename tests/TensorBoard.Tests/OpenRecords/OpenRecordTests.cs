using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class OpenRecordTests
{
    [Fact]
    public async Task A_cloud_of_points_has_vertices_alone()
    {
        var value = (await LogAsync(logger => logger.LogMesh("cloud", new MeshData(new float[] { 1, 2, 3 }), 7)))[0].Value;

        Assert.Equal("cloud_VERTEX", value.Tag);
        Assert.Equal([1, 2, 3], value.Tensor.FloatVal);
    }

    [Fact]
    public async Task A_range_types_and_texts_of_hyperparameters_stand_in_their_description()
    {
        var written = await LogAsync(logger => logger.DescribeHyperparams(
            [
                new HyperparameterDomain("lr") { DisplayName = "rate", Description = "how **fast**", Range = (0, 0.1) },
                new HyperparameterDomain("flag") { Values = [false, true] },
                new HyperparameterDomain("size") { Values = [0, 64L, 0.5f] },
                new HyperparameterDomain("any"),
            ],
            [new ComparedMetric("acc") { DisplayName = "accuracy", Description = "of validation" }]));

        var experiment = HParamsPluginData.Parser.ParseFrom(Assert.Single(written).Value.Metadata.PluginData.Content).Experiment;
        Assert.Equal(
            [HParamType.DataTypeFloat64, HParamType.DataTypeBool, HParamType.DataTypeFloat64, HParamType.DataTypeUnset],
            experiment.HparamInfos.Select(info => info.Type));
        Assert.Equal(new HParamInfo.Types.Interval { MinValue = 0, MaxValue = 0.1 }, experiment.HparamInfos[0].DomainInterval);
        Assert.Equal(("rate", "how **fast**"), (experiment.HparamInfos[0].DisplayName, experiment.HparamInfos[0].Description));
        Assert.Equal([false, true], experiment.HparamInfos[1].DomainDiscrete.Values.Select(value => value.BoolValue));
        Assert.Equal([0, 64, 0.5], experiment.HparamInfos[2].DomainDiscrete.Values.Select(value => value.NumberValue));
        Assert.Equal(
            new MetricInfo { Name = new MetricName { Tag = "acc" }, DisplayName = "accuracy", Description = "of validation" }, Assert.Single(experiment.MetricInfos));
    }

    [Fact]
    public async Task The_first_description_of_hyperparameters_counts_also_after_a_restart()
    {
        using var run = new TestRun();
        await using var first = run.Create();
        first.DescribeHyperparams([new HyperparameterDomain("a")], []);
        await first.SaveAsync();
        await using var second = run.Create(first.Bookmark);

        second.DescribeHyperparams([new HyperparameterDomain("b")], []);
        second.LogHyperparams(new Dictionary<string, object?> { ["a"] = 1L }, new Dictionary<string, double> { ["acc"] = 1 }, 0);
        await second.SaveAsync();

        Assert.Single(run.Logged, record => record.Event.Summary.Value[0].Tag == "_hparams_/experiment");
        Assert.Single(run.Told);
    }

    [Theory]
    [InlineData(TensorBoardRecordKinds.Value, "x")]
    [InlineData(TensorBoardRecordKinds.Value, "_hparams_/experiment")]
    [InlineData(TensorBoardRecordKinds.Summary, "x")]
    [InlineData(TensorBoardRecordKinds.Embedding, "x")]
    public void Bytes_that_are_nothing_of_the_kind_are_rejected(string kind, string name)
    {
        using var run = new TestRun();
        using var logger = run.Create();

        Assert.True(logger.AcceptsCustom(kind));
        Assert.Throws<LoggerRejectedException>(() => logger.LogCustom(kind, name, [0x0A, 0xFF, 0xFF], 0));
    }

    [Fact]
    public async Task A_prefix_stands_before_names_but_not_before_those_that_TensorBoard_looks_for()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { Prefix = "p" } };
        var written = await run.LogAsync(logger =>
        {
            logger.LogPrCurve("pr", PrCurveData.FromPredictions([true], [0.5f], 2), 0);
            logger.LogMesh("m", new MeshData(new float[3]), 0);
            logger.LogScalarCharts(new ScalarChartCategory("c", []));
            logger.DescribeHyperparams([], []);
        });

        Assert.Equal(
            ["p-pr", "p-m_VERTEX", "custom_scalars__config__", "_hparams_/experiment"], written.Select(record => record.Value.Tag));
    }

    [Fact]
    public async Task Any_value_of_a_summary_can_be_logged()
    {
        var value = new Summary.Types.Value { Tag = "ignored", Tensor = new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 1 } } };

        var written = await LogAsync(logger => logger.LogCustom(TensorBoardRecordKinds.Value, "name", value.ToByteArray(), 3));

        Assert.Equal(new Summary.Types.Value(value) { Tag = "name" }, Assert.Single(written).Value);
        Assert.Equal(3, written[0].Event.Step);
    }

    private static async Task<IReadOnlyList<DecodedRecord>> LogAsync(Action<ILightningLogger> log)
    {
        using var run = new TestRun();
        return await run.LogAsync(log);
    }
}
