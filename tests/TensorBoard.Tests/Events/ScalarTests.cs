using Google.Protobuf;
using PluginLoggers.Contract;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class ScalarTests
{
    [Fact]
    public void A_scalar_encoded_by_hand_is_what_Google_Protobuf_makes_of_it()
    {
        var random = new Random(3);
        double[] wallTimes = [0, 1_700_000_000.25, 1e-9, double.MaxValue, -1];
        long[] steps = [0, 1, 127, 128, 16_383, 16_384, int.MaxValue, long.MaxValue, -1, long.MinValue, 1L << 35, (1L << 35) - 1];
        int[] lengths = [0, 1, 22, 23, 24, 25, 110, 111, 112, 118, 119, 120, 127, 128, 16_370, 16_383, 20_000];
        foreach (var wallTime in wallTimes)
        {
            foreach (var step in steps)
            {
                foreach (var length in lengths)
                {
                    var tag = new string((char)random.Next('a', 'z'), length);
                    var value = random.NextSingle();
                    var written = Encode(wallTime, step, tag, value);

                    var message = new Event
                    {
                        WallTime = wallTime,
                        Step = step,
                        Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = value } } },
                    };
                    var framed = new RecordBuffer();
                    message.WriteTo(framed.Reserve(message.CalculateSize()));
                    framed.Commit(message.CalculateSize());
                    Assert.Equal(framed.Bytes.ToArray(), written);
                }
            }
        }
    }

    [Fact]
    public void Logging_metrics_allocates_nothing()
    {
        using var run = new TestRun();
        using var logger = run.Create();
        Metric[] metrics = [new("train/loss", 0.5), new("train/acc", 0.25)];

        Assert.Equal(0, ThreadAllocations.Fewest(Log, between: () => logger.SaveAsync().AsTask().GetAwaiter().GetResult()));

        void Log()
        {
            for (var step = 0L; step < 1000; step++)
            {
                logger.LogMetrics(metrics, step);
            }
        }
    }

    [Fact]
    public async Task A_million_scalars_take_no_more_memory_than_what_is_unsaved()
    {
        const int Count = 1_000_000, Batch = 50_000;
        using var run = new TestRun();
        await using var logger = run.Create();
        var writer = Assert.IsType<EventWriter>(logger.Experiment);
        var largest = 0L;
        for (var step = 1; step <= Count; step++)
        {
            logger.LogMetric("train/loss", step, step);
            if (step % Batch == 0)
            {
                largest = Math.Max(largest, writer.UnsavedBytes);
                await logger.SaveAsync();
                Assert.Equal(0, writer.UnsavedBytes);
            }
        }

        Assert.InRange(largest, 1, Batch * 50);
        using var reader = new EventFileReader(run.EventFile);
        _ = (reader.Read(), reader.Read());
        for (var step = 1; step <= Count; step++)
        {
            var read = reader.Read()!;
            if (read.Step != step || read.Summary.Value[0].SimpleValue != step)
            {
                Assert.Fail($"Found {read} in the place of step {step}.");
            }
        }

        Assert.Null(reader.Read());
    }

    [Fact]
    public async Task A_finite_number_that_no_float_can_hold_is_told_once()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            logger.LogMetric("loss", double.PositiveInfinity, 0);
            logger.LogMetric("loss", 1e39, 1);
            logger.LogMetric("loss", -1e300, 2);
        });

        Assert.Equal(
            [float.PositiveInfinity, float.PositiveInfinity, float.NegativeInfinity], written.Select(record => record.Value.SimpleValue));
        Assert.Contains("'loss'", Assert.Single(run.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_logged_as_two_kinds_is_told()
    {
        using var run = new TestRun();
        await run.LogAsync(logger =>
        {
            logger.LogMetric("weights", 1, 0);
            logger.LogText("weights", "texts have a suffix", 0);
            Assert.Empty(run.Told);
            logger.LogHistogram("weights", HistogramData.FromValues([1.0]), 0);
            logger.LogHistogram("weights", HistogramData.FromValues([1.0]), 1);
        });

        Assert.Contains("'weights' is logged as metric and as histogram", Assert.Single(run.Told), StringComparison.Ordinal);
        Assert.Equal(4, run.Logged.Count);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_name_or_a_text_becomes_the_replacement_character()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            logger.LogMetric("a\ud83d", 1, 0);
            logger.LogText("b\ude80", "c\ud83d", 0);
            logger.LogGraph(
                new GraphData([new GraphNode("d\ud83d", "op", ["e\ud83d"], new Dictionary<string, string> { ["f\ud83d"] = "g\ud83d" })]));
            logger.LogMetric("🚀", 1, 0);
        });

        Assert.Equal("a\ufffd", written[0].Value.Tag);
        Assert.Equal("b\ufffd/text_summary", written[1].Value.Tag);
        Assert.Equal("c\ufffd", written[1].Value.Tensor.StringVal[0].ToStringUtf8());
        var node = GraphDef.Parser.ParseFrom(written[2].Event.GraphDef).Node.Single();
        Assert.Equal(("d\ufffd", "e\ufffd", "f\ufffd"), (node.Name, node.Input.Single(), node.Attr.Keys.Single()));
        Assert.Equal("🚀", written[3].Value.Tag);
    }

    [Fact]
    public async Task Scalars_and_other_records_stand_in_the_order_in_which_they_were_logged()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            logger.LogMetrics([new("a", 1), new("b", 2)], 0);
            logger.LogText("t", new string('x', 300_000), 1);
            logger.LogText("u", "short", 2);
            logger.LogMetrics([], 3);
            logger.LogMetric(new string('n', 30_000), 3, 4);
            logger.LogMetric("a", 4, 5);
            logger.LogText("u", "last", 6);
        });

        Assert.Equal(
            ["a 0", "b 0", "t/text_summary 1", "u/text_summary 2", new string('n', 30_000) + " 4", "a 5", "u/text_summary 6"],
            written.Select(record => $"{record.Value.Tag} {record.Event.Step}"));
    }

    [Fact]
    public async Task A_call_that_fails_half_way_leaves_nothing()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            Assert.Throws<ArgumentNullException>(() => logger.LogMetrics([new("a", 1), new(null!, 2)], 0));
            logger.LogMetric("b", 3, 1);
        });

        Assert.Equal("b", Assert.Single(written).Value.Tag);
    }

    private static byte[] Encode(double wallTime, long step, string name, float value)
    {
        var (head, tag) = (new ScalarHead(), new ScalarTag(name));
        head.Set(1, -1);
        head.Set(wallTime, step);
        var room = new byte[ScalarEvent.Bound(tag)];
        return room[..ScalarEvent.Write(room, head, tag, value)];
    }
}
