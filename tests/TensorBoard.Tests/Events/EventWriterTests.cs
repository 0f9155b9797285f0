using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>The native handle.</summary>
public sealed class EventWriterTests
{
    [Fact]
    public async Task An_event_is_written_as_it_is_given()
    {
        using var run = new TestRun();
        var given =
            new Event { WallTime = 1, Step = 2, LogMessage = new LogMessage { Level = LogMessage.Types.Level.Warn, Message = "m" } };

        var written = await run.LogAsync(logger => Writer(logger).Append(given.ToByteArray()));

        Assert.Equal(given, Assert.Single(written).Event);
    }

    [Fact]
    public async Task A_summary_gets_the_time_of_the_run_and_a_step()
    {
        using var run = new TestRun();
        var given = new Summary { Value = { new Summary.Types.Value { Tag = "t", SimpleValue = 1 } } };
        run.Time.Advance(TimeSpan.FromSeconds(1.5));

        var written = await run.LogAsync(logger => Writer(logger).AppendSummary(given.ToByteArray(), 7));

        Assert.Equal(new Event { WallTime = 1_700_000_001.5, Step = 7, Summary = given }, Assert.Single(written).Event);
    }

    [Fact]
    public async Task Bytes_that_are_no_event_are_refused_before_they_stop_a_reader()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            Assert.Throws<LoggerRejectedException>(() => Writer(logger).Append([0x0A, 0xFF]));
            Assert.Throws<LoggerRejectedException>(() => Writer(logger).AppendSummary([0x0A, 0xFF], 0));
        });

        Assert.Empty(written);
    }

    [Fact]
    public async Task An_open_record_of_a_value_is_shown_under_its_name()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { Prefix = "pre" } };
        var curve = new Summary.Types.Value
        {
            Tensor = new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 1, 2, 3, 4, 5, 6 } },
            Metadata = SummaryValues.Metadata("pr_curves", ByteString.CopyFrom(0x10, 0x01)),
        };

        var written = await run.LogAsync(logger =>
        {
            Assert.True(logger.AcceptsCustom("tensorboard.value"));
            Assert.False(logger.AcceptsCustom("tensorboard.other"));
            logger.LogCustom("tensorboard.value", "pr", curve.ToByteArray(), 3);
            logger.LogCustom("tensorboard.other", "pr", [1], 4);
            Assert.Throws<LoggerRejectedException>(() => logger.LogCustom("tensorboard.value", "pr", [0x0A, 0xFF], 5));
        });

        curve.Tag = "pre-pr";
        Assert.Equal(curve, Assert.Single(written).Value);
        Assert.Equal(3, written[0].Event.Step);
    }

    [Fact]
    public async Task The_path_is_that_of_the_file()
    {
        using var run = new TestRun();
        await run.LogAsync(logger =>
        {
            logger.LogMetric("loss", 1, 0);
            Assert.StartsWith(run.Folder, Writer(logger).FilePath, StringComparison.Ordinal);
        });

        Assert.True(File.Exists(run.EventFile));
    }

    private static EventWriter Writer(ILightningLogger logger) => Assert.IsType<EventWriter>(logger.Experiment);
}
