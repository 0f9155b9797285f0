using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>Hyperparameters as Lightning's TensorBoardLogger wrote them.</summary>
public sealed class HparamsGoldenTests
{
    [Fact]
    public async Task Hyperparameters_without_metrics_get_the_placeholder_that_Lightning_writes()
    {
        using var run = new TestRun();
        var golden = DecodedRecord.ReadGolden("pl_tb_failed");

        var written = await run.LogAsync(logger => logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 }, step: 0));

        AssertSame(golden.Skip(1).Take(3), written);
    }

    [Fact]
    public async Task Metrics_given_with_hyperparameters_are_scalars_first()
    {
        using var run = new TestRun();
        var golden = DecodedRecord.ReadGolden("pl_tb_hparams_float_metric");

        var written = await run.LogAsync(logger =>
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 }, new Dictionary<string, double> { ["hp_metric"] = 0.75 }, step: 0));

        AssertSame(golden.Skip(1).Take(3), written);
    }

    [Fact]
    public async Task A_whole_run_of_Lightning_is_the_same_but_for_a_true_bool_and_the_end_of_the_session_at_its_end()
    {
        using var run = new TestRun();
        var golden = DecodedRecord.ReadGolden("pl_tb_default");

        // Flat, as the host delivers them; the order is that of torch's experiment.
        var hyperparams = new OrderedDictionary<string, object?>
        {
            ["lr"] = 0.1,
            ["bs"] = 32L,
            ["flag"] = true,
            ["opt"] = "adam",
            ["none"] = null,
            ["nested/a/b"] = "c",
            ["nested/n"] = 2L,
            ["list"] = "[1, 2, 3]",
            ["dicts/0/x"] = 1L,
            ["dicts/1/y"] = 2L,
            ["ns/foo"] = 3L,
            ["5"] = "intkey",
            ["layer"] = "<class 'torch.nn.modules.batchnorm.BatchNorm1d'>",
            ["np"] = 0.5,
        };

        var scalars = golden.Where(record => record.Event.Summary?.Value[0].ValueCase == Summary.Types.Value.ValueOneofCase.SimpleValue)
            .Skip(1).ToList();
        await using var logger = run.Create();
        logger.LogHyperparams(hyperparams, step: 0);
        foreach (var scalar in scalars)
        {
            logger.LogMetric(scalar.Value.Tag, scalar.Value.SimpleValue, scalar.Event.Step);
        }

        run.Time.SetUtcNow(TestRun.Start.AddSeconds(60));
        await logger.FinalizeAsync(RunStatus.Finished);

        var written = run.Logged;
        var expected = new List<DecodedRecord>([.. golden.Skip(1).Take(3), .. scalars, golden[4]]);
        Assert.True(Hparams(written[1]).Experiment.HparamInfos.Single(info => info.Name == "flag") is { Type: HParamType.DataTypeBool });
        Assert.True(Hparams(written[2]).SessionStartInfo.Hparams["flag"].BoolValue);
        Assert.Equal(1_700_000_060, Hparams(written[^1]).SessionEndInfo.EndTimeSecs);
        AssertSame(expected, written);
    }

    [Fact]
    public async Task Without_the_placeholder_there_are_no_columns_of_metrics_but_the_hyperparameters_are_kept()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { DefaultHpMetric = false } };

        var written = await run.LogAsync(logger => logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 }, step: 0));

        Assert.Equal(0.1, Hparams(Assert.Single(written)).SessionStartInfo.Hparams["lr"].NumberValue);
    }

    private static HParamsPluginData Hparams(DecodedRecord record) =>
        HParamsPluginData.Parser.ParseFrom(record.Value.Metadata.PluginData.Content);

    private static void AssertSame(IEnumerable<DecodedRecord> expected, IEnumerable<DecodedRecord> written) =>
        Assert.Equal(expected.Select(Comparable), written.Select(Comparable));

    /// <summary>Without the times, which torch leaves out of the session, and with a bool as the number that torch makes of it.</summary>
    private static (long Step, Summary.Types.Value Value, HParamsPluginData? Data) Comparable(DecodedRecord record)
    {
        var value = record.Value.Clone();
        if (value.Metadata is null)
        {
            return (record.Event.Step, value, null);
        }

        var data = HParamsPluginData.Parser.ParseFrom(value.Metadata.PluginData.Content);
        value.Metadata.PluginData.Content = Google.Protobuf.ByteString.Empty;
        if (data.SessionStartInfo is { } start)
        {
            start.StartTimeSecs = 0;
            foreach (var flag in start.Hparams.Values.Where(flag => flag.HasBoolValue))
            {
                flag.NumberValue = flag.BoolValue ? 1 : 0;
            }
        }

        foreach (var info in (data.Experiment?.HparamInfos ?? []).Where(info => info.Type == HParamType.DataTypeBool))
        {
            info.Type = HParamType.DataTypeFloat64;
        }

        if (data.SessionEndInfo is { } end)
        {
            end.EndTimeSecs = 0;
        }

        return (record.Event.Step, value, data);
    }
}
