using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests.Collections;

public class LoggerCollectionTests
{
    [Fact]
    public async Task Every_call_goes_to_every_child()
    {
        var (one, two) = (new RecordingLogger(), new RecordingLogger());
        await using var collection = new LoggerCollection(one, two);
        LogEverything(collection);
        await collection.SaveAsync();
        await collection.FinalizeAsync(RunStatus.Finished);

        Assert.Equal(
            [
                "Metrics", "Metrics", "Metrics", "Metrics", "Hyperparams", "Text", "Image", "Histogram", "Audio", "Graph", "Artifact",
                "SavedCheckpoint", "Custom",
            ],
            one.Records.Select(record => record.GetType().Name));
        Assert.Equal(one.Records.Select(record => record.GetType()), two.Records.Select(record => record.GetType()));
        Assert.Equal((2, RunStatus.Finished), (two.SaveCount, two.Status));
    }

    [Fact]
    public void A_logger_that_is_added_is_one_of_them_from_then_on()
    {
        var (first, late) = (new RecordingLogger(), new RecordingLogger());
        using var collection = new Growing(first);
        collection.LogMetric("loss", 1);
        collection.Grow("late", late);
        collection.LogMetric("loss", 2);

        Assert.Equal((2, 1), (first.Points.Count, late.Points.Count));
        Assert.Equal(["0", "late"], collection.Keys);
        Assert.Same(late, collection[1]);
        Assert.Same(late, collection["LATE"]);
        Assert.Throws<ArgumentException>(() => collection.Grow("Late", first));
    }

    [Fact]
    public async Task A_child_that_throws_keeps_no_other_from_being_called_and_all_failures_are_thrown_together()
    {
        var failing = new[] { Failing("first"), Failing("last") };
        var working = new RecordingLogger();
        var collection = new LoggerCollection(failing[0], working, failing[1]);

        var failure = Assert.Throws<AggregateException>(() => collection.LogMetric("loss", 0.5));
        Assert.Equal(["first", "last"], failure.InnerExceptions.Select(inner => inner.Message));
        failure = await Assert.ThrowsAsync<AggregateException>(() => collection.SaveAsync().AsTask());
        Assert.Equal(2, failure.InnerExceptions.Count);
        failure = await Assert.ThrowsAsync<AggregateException>(() => collection.FinalizeAsync(RunStatus.Failed).AsTask());
        Assert.Equal(2, failure.InnerExceptions.Count);
        Assert.Throws<AggregateException>(() => collection.LogText("name", "text"));
        Assert.Equal((2, 2, RunStatus.Failed), (working.Records.Count, working.SaveCount, working.Status));

        static RecordingLogger Failing(string message) => new()
        {
            FailLog = _ => new InvalidOperationException(message),
            FailSave = () => new IOException(message),
        };
    }

    [Fact]
    public async Task A_wait_that_was_cancelled_is_told_as_that()
    {
        var collection = new LoggerCollection(Cancelled(), Cancelled());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collection.SaveAsync().AsTask());

        static RecordingLogger Cancelled() => new() { FailSave = () => new OperationCanceledException() };
    }

    [Fact]
    public void A_child_is_not_given_what_its_features_do_not_name()
    {
        foreach (var feature in Enum.GetValues<LoggerFeatures>().Where(feature => feature is not (LoggerFeatures.None or LoggerFeatures.All)))
        {
            var child = new RecordingLogger { CanShow = LoggerFeatures.All & ~feature };
            var only = new RecordingLogger { CanShow = feature };
            var collection = new LoggerCollection(child, only);
            LogEverything(collection);

            Assert.NotEmpty(only.Records);
            Assert.DoesNotContain(child.Records, record => only.Records.Any(other => other.GetType() == record.GetType()));
            Assert.Equal(LoggerFeatures.All, collection.Features);
        }
    }

    [Fact]
    public void A_child_is_given_the_open_records_that_it_accepts()
    {
        var choosy = new Choosy("tensorboard.pr_curve");
        var collection = new LoggerCollection(new RecordingLogger(), choosy);
        collection.LogCustom("tensorboard.mesh", "mesh", [1]);
        collection.LogCustom("tensorboard.pr_curve", "curve", [1]);

        Assert.Equal(["curve"], choosy.Names);
        Assert.True(collection.AcceptsCustom("anything"));
        Assert.False(new LoggerCollection(choosy).AcceptsCustom("anything"));
    }

    [Fact]
    public void Calls_without_a_step_get_the_next_one_the_same_for_every_child()
    {
        var (one, two) = (new RecordingLogger(), new RecordingLogger());
        two.LogMetric("alone", 1, step: 1000);
        var collection = new LoggerCollection(one, two);
        collection.LogMetric("loss", 1);
        collection.LogMetric("loss", 1);
        collection.LogMetric("loss", 1, step: -5);
        collection.LogMetric("loss", 1);
        collection.LogText("text", "text", step: 7);
        collection.LogMetric("loss", 1);
        collection.AfterSaveCheckpoint(new Checkpoint("model.ckpt"));
        collection.LogMetric("loss", 1, step: long.MaxValue);
        collection.LogMetric("loss", 1);

        Assert.Equal([0, 1, -5, 2, 8, long.MaxValue, long.MaxValue], one.Points.Select(point => point.Step));
        Assert.Equal(one.Points.Select(point => point.Step), two.Points.Skip(1).Select(point => point.Step));
        Assert.Equal(9, one.Records.OfType<LoggedRecord.SavedCheckpoint>().Single().Value.Step);
    }

    [Fact]
    public async Task Metrics_are_aggregated_once_for_all()
    {
        var (one, two) = (new RecordingLogger(), new RecordingLogger());
        var collection = new LoggerCollection(one, two);
        collection.UpdateAggregation(new Dictionary<string, AggregationFunction> { ["n"] = Aggregations.Sum });
        collection.AggregateAndLogMetrics(new Dictionary<string, double> { ["loss"] = 1, ["n"] = 1 }, step: 3);
        collection.AggregateAndLogMetrics(new Dictionary<string, double> { ["loss"] = 3, ["n"] = 1 }, step: 3);
        Assert.Empty(one.Points);
        await collection.SaveAsync();

        Assert.Equal([("loss", 3L, 2.0), ("n", 3L, 2.0)], two.Points.Select(point => (point.Name, point.Step, point.Value)));
        Assert.Equal(2, one.SavedRecords.Cast<LoggedRecord.Metrics>().Single().Values.Count);
    }

    [Fact]
    public void Children_are_found_by_position_and_by_key_in_any_case()
    {
        var (csv, board) = (new RecordingLogger(), new RecordingLogger());
        var collection = new LoggerCollection(new Dictionary<string, ILightningLogger> { ["csv"] = csv, ["Board"] = board });

        Assert.Same(csv, collection[0]);
        Assert.Same(board, collection["BOARD"]);
        Assert.Equal(["csv", "Board"], collection.Keys);
        Assert.Equal([csv, board], collection);
        Assert.Equal((2, true), (collection.Count, ((object[])collection.Experiment).SequenceEqual([csv.Experiment, board.Experiment])));
        Assert.Same(csv, new LoggerCollection(csv)["0"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => collection[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => collection[-1]);
        Assert.Contains("csv, Board", Assert.Throws<KeyNotFoundException>(() => collection["mlflow"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loggers_are_copied()
    {
        var loggers = new List<ILightningLogger> { new RecordingLogger() };
        var collection = new LoggerCollection(loggers);
        loggers.Clear();
        Assert.Single(collection);
    }

    [Fact]
    public void A_logger_that_is_null_or_has_the_key_of_another_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new LoggerCollection(new RecordingLogger(), null!));
        Assert.Throws<ArgumentNullException>(() => new LoggerCollection((IEnumerable<ILightningLogger>)null!));
        Assert.Throws<ArgumentException>(() => new LoggerCollection(
            [KeyValuePair.Create("csv", (ILightningLogger)new RecordingLogger()), KeyValuePair.Create("CSV", (ILightningLogger)new RecordingLogger())]));
    }

    [Fact]
    public async Task An_empty_collection_is_a_logger_too()
    {
        await using var collection = new LoggerCollection([]);
        LogEverything(collection);
        await collection.FinalizeAsync(RunStatus.Finished);
        Assert.Equal(("", "", 0, LoggerFeatures.None), (collection.Name, collection.Version, collection.Count, collection.Features));
    }

    [Fact]
    public async Task Disposing_disposes_every_child_even_if_one_throws()
    {
        var (one, two) = (new RecordingLogger(), new RecordingLogger());
        var broken = new Choosy("") { FailsWhenDisposed = true };
        await Assert.ThrowsAsync<AggregateException>(() => new LoggerCollection(one, broken, two).DisposeAsync().AsTask());
        Assert.True(one.IsDisposed && two.IsDisposed);

        var failing = new LoggerCollection(new Choosy("") { FailsWhenDisposed = true });
        await Assert.ThrowsAsync<AggregateException>(() => failing.DisposeAsync().AsTask());
        await failing.DisposeAsync();

        var three = new RecordingLogger();
        new LoggerCollection(three).Dispose();
        Assert.True(three.IsDisposed);
    }

    [Fact]
    public void A_record_of_the_whole_run_takes_no_step()
    {
        var child = new RecordingLogger();
        using var collection = new LoggerCollection(child);
        collection.LogCustomOfRun("kind", "layout", [1]);
        collection.LogMetric("loss", 1);

        Assert.Equal(0, Assert.Single(child.Points).Step);
        Assert.Equal(0, Assert.Single(child.Records.OfType<LoggedRecord.Custom>()).Step);
    }

    [Fact]
    public void Steps_stay_unique_between_threads()
    {
        var child = new RecordingLogger();
        var collection = new LoggerCollection(child);
        Parallel.For(0, 1000, i => collection.LogMetric("loss", i));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), child.Points.Select(point => point.Step).Order());
    }

    [Fact]
    public void Hyperparameters_reach_every_child_flat()
    {
        var child = new RecordingLogger();
        new LoggerCollection(child).LogHyperparams(
            new { Optimizer = new { Lr = 0.1f } }, new Dictionary<string, double> { ["hp_metric"] = -1 });

        Assert.Equal([KeyValuePair.Create("Optimizer/Lr", (object?)0.1)], child.Hyperparams);
        Assert.Equal(-1, Assert.IsType<LoggedRecord.Hyperparams>(child.Records[0]).ComparedBy!["hp_metric"]);
    }

    [Fact]
    public void A_derived_collection_can_change_what_a_call_does()
    {
        var child = new RecordingLogger();
        ILightningLogger run = new Doubling(child);
        run.LogMetrics([("loss", 1)]);
        run.LogMetric("loss", 2);
        Assert.Equal([2, 4], child.Points.Select(point => point.Value));
    }

    private static void LogEverything(ILightningLogger logger)
    {
        logger.LogMetrics([new Metric("a", 1)]);
        logger.LogMetrics([("b", 1)]);
        logger.LogMetrics(new Dictionary<string, double> { ["c"] = 1 });
        logger.LogMetric("d", 1);
        logger.LogHyperparams(new { Lr = 0.1 });
        logger.LogText("text", "text");
        logger.LogImage("image", ImageData.FromPixels(new byte[3], 1, 1));
        logger.LogHistogram("histogram", HistogramData.FromValues([1.0]));
        logger.LogAudio("audio", AudioData.FromSamples(new float[1]));
        logger.LogGraph(new GraphData([]));
        logger.LogArtifact("model.onnx");
        logger.AfterSaveCheckpoint(new Checkpoint("model.ckpt"));
        logger.LogCustom("kind", "custom", [1]);
    }

    private sealed class Choosy(string kind) : LightningLoggerBase
    {
        public List<string> Names { get; } = [];

        public bool FailsWhenDisposed { get; init; }

        public override LoggerFeatures Features => LoggerFeatures.Custom;

        public override bool AcceptsCustom(string other) => other == kind;

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => Assert.Fail("It shows no metrics.");

        public override void LogCustom(string other, string name, ReadOnlySpan<byte> payload, long? step = null) => Names.Add(name);

        protected override ValueTask DisposeAsyncCore() => FailsWhenDisposed ? throw new IOException("stuck") : base.DisposeAsyncCore();
    }

    private sealed class Doubling(ILightningLogger child) : LoggerCollection(child)
    {
        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
            var doubled = metrics.ToArray();
            for (var i = 0; i < doubled.Length; i++)
            {
                doubled[i] = doubled[i] with { Value = doubled[i].Value * 2 };
            }

            base.LogMetrics(doubled, step);
        }
    }

    private sealed class Growing(ILightningLogger first) : LoggerCollection(first)
    {
        public void Grow(string key, ILightningLogger logger) => Add(key, logger);
    }
}
