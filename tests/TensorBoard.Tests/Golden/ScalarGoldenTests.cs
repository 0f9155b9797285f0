using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>Scalars as torch wrote them, byte for byte.</summary>
public sealed class ScalarGoldenTests
{
    [Theory]
    [InlineData("scalars_basic", 20)]
    [InlineData("scalars_edge_values", 17)]
    [InlineData("tags", 24)]
    [InlineData("pl_tb_hparams_no_metric", 1)]
    public async Task The_same_scalars_are_the_same_bytes(string golden, int count)
    {
        using var run = new TestRun();
        var expected = DecodedRecord.ReadGolden(golden).Skip(1).ToList();

        var written = await run.LogAsync(logger =>
        {
            foreach (var record in expected)
            {
                run.Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddSeconds(record.Event.WallTime));
                logger.LogMetric(record.Value.Tag, record.Value.SimpleValue, record.Event.Step);
            }
        });

        Assert.Equal(count, expected.Count);
        Assert.Equal(
            expected.Select(record => Convert.ToHexString(record.Payload)), written.Select(record => Convert.ToHexString(record.Payload)));
    }

    [Fact]
    public async Task A_wall_time_is_kept_to_a_quarter_of_a_microsecond()
    {
        using var run = new TestRun();

        var written = await run.LogAsync(logger =>
        {
            run.Time.SetUtcNow(TestRun.Start.AddTicks(1_234_567));
            logger.LogMetric("t", 1, 0);
        });

        Assert.Equal(1_700_000_000.1234567, Assert.Single(written).Event.WallTime, 2.5e-7);
    }

    /// <summary>The doubles that were given to torch, which the file does not show any more, and their floats in it.</summary>
    [Theory]
    [InlineData("edge/nan", double.NaN)]
    [InlineData("edge/nzero", -0.0)]
    [InlineData("edge/denorm", 1e-45)]
    [InlineData("edge/f32_min_normal", 1.17549435e-38)]
    [InlineData("edge/underflow", 1e-46)]
    [InlineData("edge/f32_max", 3.4028234663852886e+38)]
    [InlineData("edge/over_f32", 1e+39)]
    [InlineData("edge/f64_max", double.MaxValue)]
    [InlineData("edge/tenth", 0.1)]
    [InlineData("edge/two24p1", 16777217.0)]
    [InlineData("edge/pi", Math.PI)]
    public async Task A_double_becomes_the_float_that_torch_makes_of_it(string tag, double value)
    {
        using var run = new TestRun();
        var expected = DecodedRecord.ReadGolden("scalars_edge_values").Single(record => record.Event.Summary?.Value[0].Tag == tag);
        run.Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddSeconds(expected.Event.WallTime));

        var written = await run.LogAsync(logger => logger.LogMetric(tag, value, expected.Event.Step));

        Assert.Equal(Convert.ToHexString(expected.Payload), Convert.ToHexString(Assert.Single(written).Payload));
    }

    [Fact]
    public async Task A_prefix_is_joined_as_Lightning_does()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { Prefix = "pre" } };
        var expected = DecodedRecord.ReadGolden("pl_tb_versions/lightning_logs/version_1")[1];
        run.Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddSeconds(expected.Event.WallTime));

        var written = await run.LogAsync(logger => logger.LogMetric(expected.Value.Tag["pre-".Length..], expected.Value.SimpleValue, 0));

        Assert.Equal(expected.Payload, Assert.Single(written).Payload);
    }

    [Fact]
    public async Task The_first_record_differs_from_that_of_torch_in_the_name_of_the_writer_alone()
    {
        using var run = new TestRun();
        run.Time.SetUtcNow(TestRun.Start.AddHours(1));

        var written = await run.LogAsync(_ => { });

        var expected = DecodedRecord.ReadGolden("scalars_basic")[0].Event;
        expected.WallTime = 1_700_000_000;
        expected.SourceMetadata.Writer = "PluginLoggers.TensorBoard";
        Assert.Equal(expected, run.Records[0].Event);
        Assert.Equal(
            new Event { WallTime = 1_700_000_000, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } },
            run.Records[1].Event);
        Assert.Empty(written);
    }
}
