using PluginLoggers.Contract;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class RecordRoundTripTests : IDisposable
{
    private readonly JournalYard _yard = new();

    public void Dispose() => _yard.Dispose();

    public static TheoryData<long> Values => [.. new[]
    {
        0.0, -0.0, 1.5, 0.1 + 0.2, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        BitConverter.Int64BitsToDouble(0x7FF8_0000_DEAD_BEEF), BitConverter.Int64BitsToDouble(unchecked((long)0xFFF0_0000_0000_0001)),
    }.Select(BitConverter.DoubleToInt64Bits)];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_bit_by_bit(long bits)
    {
        var record = Assert.Single(Deliver(log => log.LogMetrics([new Metric("loss", BitConverter.Int64BitsToDouble(bits))], 3)).Records);

        var metrics = Assert.IsType<LoggedRecord.Metrics>(record);
        Assert.Equal(3, metrics.Step);
        Assert.Equal("loss", Assert.Single(metrics.Values).Name);
        Assert.Equal(bits, BitConverter.DoubleToInt64Bits(metrics.Values[0].Value));
    }

    [Fact]
    public void Steps_of_the_whole_range_come_back()
    {
        long[] steps = [0, long.MaxValue, long.MinValue, -1, 1, long.MaxValue, long.MinValue + 1, 1L << 40, 7];

        var points = Deliver(log => Array.ForEach(steps, step => log.LogMetrics([new Metric("loss", 1)], step))).Points;

        Assert.Equal(steps, points.Select(point => point.Step));
    }

    [Fact]
    public void A_missing_step_is_one_more_than_the_largest()
    {
        long?[] steps = [null, null, 10, 3, null, long.MaxValue, null];

        var points = Deliver(log => Array.ForEach(steps, step => log.LogMetrics([new Metric("loss", 1)], step))).Points;

        Assert.Equal([0, 1, 10, 3, 11, long.MaxValue, long.MaxValue], points.Select(point => point.Step));
    }

    [Theory]
    [InlineData(41L, 42L)]
    [InlineData(-5L, -4L)]
    [InlineData(null, 0L)]
    public void A_missing_step_goes_on_where_the_resumed_run_was(long? largest, long expected)
    {
        Assert.Equal(expected, Assert.Single(Deliver(log => log.LogMetrics([new Metric("loss", 1)], null), largest).Points).Step);
    }

    [Fact]
    public void Each_record_has_the_time_at_which_it_was_logged_whichever_way_the_clock_goes()
    {
        var times = new List<DateTimeOffset>();

        var points = Deliver((log, _) =>
        {
            foreach (var move in new[] { TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromDays(400), TimeSpan.FromMilliseconds(3) })
            {
                _yard.Time.Advance(move);
                times.Add(_yard.Time.GetUtcNow());
                log.LogMetrics([new Metric("loss", 1)], 0);
            }
        }).Points;

        Assert.Equal(times, points.Select(point => point.Time!.Value));
    }

    [Fact]
    public void Hyperparameters_of_every_type_come_back_in_order()
    {
        var hyperparams = new OrderedDictionary<string, object?>
        {
            ["none"] = null,
            ["yes"] = true,
            ["no"] = false,
            ["low"] = long.MinValue,
            ["high"] = long.MaxValue,
            ["nan"] = double.NaN,
            ["rate"] = 1e-300,
            ["text"] = "naïve 🙂\0\n",
            ["empty"] = "",
            ["large"] = new string('x', 100_000),
        };

        var records = Deliver(log =>
        {
            log.LogHyperparams(hyperparams, null, null);
            var compared = new OrderedDictionary<string, double> { ["hp_metric"] = -1, ["val/acc"] = double.NaN };
            log.LogHyperparams(new Dictionary<string, object?>(), compared, 5);
        }).Records;

        var first = Assert.IsType<LoggedRecord.Hyperparams>(records[0]);
        Assert.Equal(hyperparams.Select(pair => pair), first.Values.Select(pair => pair));
        Assert.Null(first.ComparedBy);
        var second = Assert.IsType<LoggedRecord.Hyperparams>(records[1]);
        Assert.Equal([("hp_metric", -1), ("val/acc", double.NaN)], second.ComparedBy!.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(5, second.Step);
    }

    [Fact]
    public void Media_come_back_byte_by_byte()
    {
        var image = ImageData.FromPixels(new byte[] { 1, 2, 3, 4, 5, 6 }, 2, 1);
        var audio = AudioData.FromSamples([0.1f, -1, 1], 8000);
        var histogram = new HistogramData(-1, double.MaxValue, 3, -0.0, double.Epsilon, new[] { -1.0, 0, 2 }, new[] { 1.0, 2, 0 });
        var graph = new GraphData(
        [
            new GraphNode("x", "Placeholder", []),
            new GraphNode("y", "MatMul", ["x", "x"], new Dictionary<string, string> { ["shape"] = "[2, 3]", [""] = "" }),
        ]);

        var records = Deliver(log =>
        {
            log.LogText("note", "zwei\r\nZeilen ☃", 1);
            log.LogText("", "", 2);
            log.LogImage("digit", image, 3);
            log.LogHistogram("weights", histogram, 4);
            log.LogAudio("voice", audio, null);
            log.LogGraph(graph);
            log.LogCustom("mesh", "bunny", [0, 255, 1], 6);
            log.LogCustom("mesh", "nothing", [], 7);
        }).Records;

        var text = Assert.IsType<LoggedRecord.Text>(records[0]);
        Assert.Equal(("note", "zwei\r\nZeilen ☃", 1), (text.Name, text.Value, text.Step));
        Assert.Equal("", Assert.IsType<LoggedRecord.Text>(records[1]).Value);
        Assert.Equal(image.Encoded.ToArray(), Assert.IsType<LoggedRecord.Image>(records[2]).Value.Encoded.ToArray());
        var buckets = Assert.IsType<LoggedRecord.Histogram>(records[3]).Value;
        Assert.Equal((-1, double.MaxValue, 3, double.Epsilon), (buckets.Min, buckets.Max, buckets.Count, buckets.SumOfSquares));
        Assert.True(double.IsNegative(buckets.Sum));
        Assert.Equal(histogram.BucketLimits.ToArray(), buckets.BucketLimits.ToArray());
        Assert.Equal(histogram.BucketCounts.ToArray(), buckets.BucketCounts.ToArray());
        var sound = Assert.IsType<LoggedRecord.Audio>(records[4]);
        Assert.Equal((5, "voice"), (sound.Step, sound.Name));
        Assert.Equal(audio.Wav.ToArray(), sound.Value.Wav.ToArray());
        Assert.Equivalent(graph, Assert.IsType<LoggedRecord.Graph>(records[5]).Value, strict: true);
        Assert.Equal([0, 255, 1], Assert.IsType<LoggedRecord.Custom>(records[6]).Payload.ToArray());
        Assert.Empty(Assert.IsType<LoggedRecord.Custom>(records[7]).Payload.ToArray());
    }

    [Fact]
    public void Artifacts_and_checkpoints_come_back_with_absolute_paths()
    {
        var file = typeof(RecordRoundTripTests).Assembly.Location;
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        var full = new Checkpoint(relative) { Step = 9, Metric = "val/loss", Score = double.NaN, IsBest = true, IsLatest = false };

        var records = Deliver(log =>
        {
            log.LogArtifact(relative, null);
            log.LogArtifact(Path.GetDirectoryName(file)!, "folder/name");
            log.AfterSaveCheckpoint(full);
            log.AfterSaveCheckpoint(new Checkpoint(file));
        }).Records;

        var artifact = Assert.IsType<LoggedRecord.Artifact>(records[0]);
        Assert.Equal((file, null), (artifact.Path, artifact.Name));
        Assert.Equal("folder/name", Assert.IsType<LoggedRecord.Artifact>(records[1]).Name);
        Assert.Equal(full with { Path = file }, Assert.IsType<LoggedRecord.SavedCheckpoint>(records[2]).Value);
        Assert.Equal(new Checkpoint(file) { Step = 10 }, Assert.IsType<LoggedRecord.SavedCheckpoint>(records[3]).Value);
    }

    [Fact]
    public void A_record_for_one_backend_reaches_that_one_alone()
    {
        var steps = Deliver((log, journal) =>
        {
            new JournalRecorder(journal, journal.TargetOf("other"), NoRedaction()).LogMetrics([new Metric("loss", 1)], 1);
            new JournalRecorder(journal, journal.TargetOf("Mine"), NoRedaction()).LogMetrics([new Metric("loss", 1)], 2);
            log.LogMetrics([new Metric("loss", 1)], 3);
        }).Points.Select(point => point.Step);

        Assert.Equal([2, 3], steps);
    }

    [Fact]
    public void Logging_after_the_end_reopens_the_run()
    {
        var content = _yard.Record(journal =>
        {
            AppendStatus(journal, RunStatus.Finished);
            Assert.True(journal.HasEnded);
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("test/acc", 1)], 4);
            Assert.False(journal.HasEnded);
            AppendStatus(journal, RunStatus.Failed);
        });

        var records = _yard.Read(content).Select(record => record.Text.Split(' ') is var parts ? $"{parts[0]} {parts[^1]}" : "");

        Assert.Equal([Status(RunStatus.Finished), Status(RunStatus.Running), "Metrics ", Status(RunStatus.Failed)], records);

        static string Status(RunStatus status) => $"Status {(byte)status:X2}";
    }

    private static void AppendStatus(RunJournal journal, RunStatus status)
    {
        var body = new RecordBuffer();
        StatusRecord.Write(body, status);
        journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
    }

    private static HyperparameterRedaction NoRedaction() => new(new RedactionSettings(), _ => { });

    private RecordingLogger Deliver(Action<JournalRecorder> log, long? largestStep = null) =>
        Deliver((recorder, _) => log(recorder), largestStep);

    /// <summary>Logs, and delivers what the file has to a backend with the key "mine".</summary>
    private RecordingLogger Deliver(Action<JournalRecorder, RunJournal> log, long? largestStep = null)
    {
        using (var journal = _yard.Folder.Create(0, _yard.Time, largestStep, hasEnded: false, new JournalSignal(), _ => { }))
        {
            log(new JournalRecorder(journal, RunJournal.Everybody, NoRedaction()), journal);
        }

        var clock = new RecordClock(_yard.Time);
        var logger = new RecordingLogger(clock);
        var handler = new RecordHandler(
            "mine", logger, MetricFilter.All, letter => Assert.Fail(letter.Reason), what => Assert.Fail(what));
        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        while (reader.TryRead(out var record))
        {
            clock.Set(record.Time);
            if (handler.Reaches(record))
            {
                handler.Hand(record, reader.Position);
            }
        }

        return logger;
    }
}
