using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests;

/// <summary>
/// Calls as a trainer writes them: through the interface, through a class, and on an implementer of the abstract members alone.
/// </summary>
public class OverloadTests
{
    private static readonly (string, double, long)[] Expected =
        [("loss", 0.5, 3), ("acc", 0.9, 3), ("a", 1, 3), ("b", 2, 3), ("c", 3, 3), ("d", 4, 3), ("e", 5, 3), ("f", 6, 3)];

    [Fact]
    public void Metrics_are_logged_in_every_shape_through_the_interface()
    {
        var recorder = new RecordingLogger();
        ILightningLogger logger = recorder;
        logger.LogMetrics([("loss", 0.5), ("acc", 0.9)], step: 3);
        logger.LogMetrics([new Metric("a", 1)], 3);
        logger.LogMetrics([new("b", 2)], 3);
        logger.LogMetrics(new Metric[] { new("c", 3) }, 3);
        logger.LogMetrics(new[] { ("d", 4.0) }, 3);
        logger.LogMetrics(new Dictionary<string, double> { ["e"] = 5 }, 3);
        logger.LogMetrics([], 3);
        logger.LogMetric("f", 6, 3);
        Assert.Equal(Expected, recorder.Points.Select(point => (point.Name, point.Value, point.Step)));
    }

    [Fact]
    public void Metrics_are_logged_in_every_shape_through_a_class()
    {
        var logger = new RecordingLogger();
        logger.LogMetrics([("loss", 0.5), ("acc", 0.9)], step: 3);
        logger.LogMetrics([new Metric("a", 1)], 3);
        logger.LogMetrics([new("b", 2)], 3);
        logger.LogMetrics(new Metric[] { new("c", 3) }, 3);
        logger.LogMetrics(new[] { ("d", 4.0) }, 3);
        logger.LogMetrics(new Dictionary<string, double> { ["e"] = 5 }, 3);
        logger.LogMetrics([], 3);
        logger.LogMetric("f", 6, 3);
        Assert.Equal(Expected, logger.Points.Select(point => (point.Name, point.Value, point.Step)));
    }

    [Fact]
    public void Hyperparameters_are_logged_in_every_shape()
    {
        foreach (var recorder in new[] { new RecordingLogger(), new RecordingLogger() })
        {
            ILightningLogger logger = recorder;
            logger.LogHyperparams(new { Lr = 0.1, Optimizer = new { Name = "adam" } });
            logger.LogHyperparams(new Dictionary<string, object?> { ["seed"] = 1, ["layers"] = new Dictionary<string, int> { ["n"] = 3 } });
            logger.LogHyperparams(new Dictionary<string, int> { ["epochs"] = 5 });
            recorder.LogHyperparams(new { Class = true });
            recorder.LogHyperparams(new Dictionary<string, object?> { ["class"] = true });
            recorder.LogHyperparams(new Dictionary<string, int> { ["class/int"] = 5 });
            Assert.Equal(["Lr", "Optimizer/Name", "seed", "layers/n", "epochs", "Class", "class", "class/int"], recorder.Hyperparams.Keys);
            Assert.Equal([0.1, "adam", 1L, 3L, 5L, true, true, 5L], recorder.Hyperparams.Values);
        }
    }

    [Fact]
    public async Task An_implementer_of_the_abstract_members_alone_is_a_whole_logger()
    {
        var minimal = new Minimal();
        ILightningLogger logger = minimal;
        logger.LogMetrics([("a", 1)]);
        logger.LogMetrics(new Dictionary<string, double> { ["b"] = 2 });
        logger.LogMetric("c", 3);
        logger.AggregateAndLogMetrics(new Dictionary<string, double> { ["d"] = 4 });
        logger.AggregateAndLogMetrics(
            new Dictionary<string, object?> { ["e"] = new Dictionary<string, object?> { ["x"] = 5, ["y"] = null } });
        logger.UpdateAggregation();
        logger.LogHyperparams(new { Lr = new { Start = 0.1 } });
        logger.LogText("text", "text");
        logger.LogImage("image", null!);
        logger.LogHistogram("histogram", null!);
        logger.LogAudio("audio", null!);
        logger.LogGraph(null!);
        logger.LogArtifact("model.onnx");
        logger.AfterSaveCheckpoint(null!);
        await logger.SaveAsync();
        logger.Dispose();

        Assert.Equal(["a", "b", "c", "d", "e/x", "Lr/Start"], minimal.Names);
        Assert.Equal((null, null, "/", null), (logger.SaveDir, logger.Location, logger.GroupSeparator, logger.Bookmark));
        Assert.Same(logger, logger.Experiment);
        Assert.False(logger.AcceptsCustom("anything"));
        Assert.True(minimal.IsDisposed);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        ILightningLogger logger = new RecordingLogger();
        Assert.Throws<ArgumentNullException>("metrics", () => logger.LogMetrics(((string, double)[])null!));
        Assert.Throws<ArgumentNullException>("metrics", () => logger.LogMetrics((IReadOnlyDictionary<string, double>)null!));
        Assert.Throws<ArgumentNullException>("metrics", () => logger.AggregateAndLogMetrics((IReadOnlyDictionary<string, double>)null!));
        Assert.Throws<ArgumentNullException>("metrics", () => logger.AggregateAndLogMetrics((IReadOnlyDictionary<string, object?>)null!));
        Assert.Throws<ArgumentNullException>("hyperparams", () => logger.LogHyperparams((object)null!));
        Assert.Throws<ArgumentNullException>("hyperparams", () => logger.LogHyperparams(null!));
        Assert.Throws<ArgumentNullException>("checkpoint", () => logger.AfterSaveCheckpoint(null!));
    }

    [Fact]
    public void One_metric_and_a_span_of_them_allocate_nothing()
    {
        LightningLoggerBase logger = new Counting();
        ILightningLogger same = logger;
        Metric[] metrics = [new("a", 1), new("b", 2)];

        Assert.Equal(0, ThreadAllocations.Fewest(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Log(logger, same, metrics, i);
            }
        }));

        static void Log(LightningLoggerBase logger, ILightningLogger same, ReadOnlySpan<Metric> metrics, long step)
        {
            logger.LogMetric("loss", 0.5, step);
            logger.LogMetrics(metrics, step);
            logger.LogMetrics([new Metric("loss", 0.5), new Metric("acc", 0.5)], step);
            same.LogMetric("loss", 0.5, step);
            same.LogMetrics(metrics, step);
        }
    }

    private sealed class Counting : LightningLoggerBase
    {
        public long Count { get; private set; }

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => Count += metrics.Length;
    }

    private sealed class Minimal : ILightningLogger
    {
        public List<string> Names { get; } = [];

        public bool IsDisposed { get; private set; }

        public string Name => "minimal";

        public string Version => "1";

        public LoggerFeatures Features => LoggerFeatures.Metrics;

        public void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) =>
            Names.AddRange(metrics.ToArray().Select(metric => metric.Name));

        public void LogHyperparams(
            IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
            Names.AddRange(hyperparams.Keys);

        public void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
        {
        }

        public ValueTask SaveAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask FinalizeAsync(RunStatus status, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
