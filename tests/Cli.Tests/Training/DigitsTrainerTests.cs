using Moq;
using PluginLoggers.Cli.Tests.Support;
using PluginLoggers.Cli.Training;
using PluginLoggers.Contract;

namespace PluginLoggers.Cli.Tests.Training;

public sealed class DigitsTrainerTests
{
    private static readonly TrainingOptions OneEpoch = new() { Epochs = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(42)]
    public void Ninety_five_of_a_hundred_held_out_digits_are_read_rightly(int seed)
    {
        var logger = new Mock<ILightningLogger>();

        var result = Train(logger.Object, new TrainingOptions { Seed = seed });

        Assert.InRange(result.Validation.Accuracy, 0.95, 1);
        Assert.Equal(360, result.HeldOut);
        logger.Verify(run => run.LogMetric("hp_metric", result.Validation.Accuracy, result.Steps - 1), Times.Once);
    }

    [Fact]
    public void Every_step_logs_its_loss_and_accuracy_together()
    {
        var logger = new Mock<ILightningLogger>();

        var result = Train(logger.Object, OneEpoch);

        for (var step = 0L; step < result.Steps; step++)
        {
            var at = step;
            logger.Verify(run => run.LogMetrics(
                It.Is<(string Name, double Value)[]>(metrics =>
                    metrics.Length == 2 && metrics[0].Name == "train/loss" && metrics[1].Name == "train/accuracy"),
                at), Times.Once);
        }
    }

    [Fact]
    public void Hyperparameters_come_first_and_a_validation_ends_each_epoch()
    {
        var calls = new List<string>();
        var logger = new Mock<ILightningLogger>();
        logger.Setup(run => run.LogHyperparams(It.IsAny<object>(), null, null)).Callback(() => calls.Add("hyperparameters"));
        logger.Setup(run => run.LogMetrics(It.IsAny<(string Name, double Value)[]>(), It.IsAny<long?>()))
            .Callback(((string Name, double Value)[] metrics, long? _) => calls.Add(metrics[0].Name));
        logger.Setup(run => run.LogHistogram(It.IsAny<string>(), It.IsAny<HistogramData>(), It.IsAny<long?>()))
            .Callback((string name, HistogramData _, long? _) => calls.Add(name));
        logger.Setup(run => run.LogText("summary", It.IsAny<string>(), It.IsAny<long?>())).Callback(() => calls.Add("summary"));

        Train(logger.Object, OneEpoch with { Epochs = 2 });

        string[] epoch =
        [
            .. Enumerable.Repeat("train/loss", 45), "val/loss",
            "parameters/hidden.weight", "parameters/hidden.bias", "parameters/output.weight", "parameters/output.bias",
        ];
        Assert.Equal(["hyperparameters", .. epoch, .. epoch, "summary"], calls);
    }

    [Fact]
    public void The_same_seed_gives_the_same_training()
    {
        var first = Train(Mock.Of<ILightningLogger>(), OneEpoch);
        var second = Train(Mock.Of<ILightningLogger>(), OneEpoch);
        var other = Train(Mock.Of<ILightningLogger>(), OneEpoch with { Seed = 2 });

        Assert.Equal(first.Validation.Loss, second.Validation.Loss);
        Assert.NotEqual(first.Validation.Loss, other.Validation.Loss);
    }

    [Fact]
    public void Misread_digits_are_shown_as_images()
    {
        var images = new List<(string Name, ImageData Image)>();
        var logger = new Mock<ILightningLogger>();
        logger.Setup(run => run.LogImage(It.IsAny<string>(), It.IsAny<ImageData>(), It.IsAny<long?>()))
            .Callback((string name, ImageData image, long? _) => images.Add((name, image)));

        var result = Train(logger.Object, OneEpoch);

        Assert.Equal(Math.Min(8, result.Validation.Mistakes.Count), images.Count);
        Assert.All(images, shown =>
        {
            Assert.Matches(@"^misclassified/\d+: \d read as \d$", shown.Name);
            Assert.Equal((64, 64, 1), (shown.Image.Width, shown.Image.Height, shown.Image.Channels));
        });
    }

    [Fact]
    public async Task What_a_recording_logger_holds_is_a_whole_training()
    {
        await using var run = new RecordingLogger();

        var result = Train(run, OneEpoch with { Epochs = 5 });

        var losses = run.Points.Where(point => point.Name == "train/loss").ToArray();
        Assert.Equal(Enumerable.Range(0, 225).Select(step => (long)step), losses.Select(point => point.Step));
        Assert.True(losses.TakeLast(45).Average(point => point.Value) < losses.Take(45).Average(point => point.Value) / 2);
        Assert.Equal([44, 89, 134, 179, 224], run.Points.Where(point => point.Name == "val/accuracy").Select(point => point.Step));
        Assert.Equal(5L, run.Hyperparams["Epochs"]);
        Assert.Equal(20, run.Records.OfType<LoggedRecord.Histogram>().Count());
        var summary = Assert.Single(run.Records.OfType<LoggedRecord.Text>());
        Assert.Equal(("summary", 224), (summary.Name, summary.Step));
        Assert.Contains("of 360 held-out digits are read rightly after 5 epochs", summary.Value, StringComparison.Ordinal);
        Assert.Null(result.Checkpoint);
    }

    [Fact]
    public void A_checkpoint_is_saved_in_the_run_s_folder_whenever_the_validation_is_the_best_so_far()
    {
        using var workspace = new Workspace();
        var checkpoints = new List<Checkpoint>();
        var logger = new Mock<ILightningLogger>();
        logger.Setup(run => run.SaveDir).Returns(workspace.Folder);
        logger.Setup(run => run.Name).Returns("digits");
        logger.Setup(run => run.Version).Returns("version_7");
        logger.Setup(run => run.AfterSaveCheckpoint(It.IsAny<Checkpoint>())).Callback(checkpoints.Add);

        var result = Train(logger.Object, OneEpoch with { Epochs = 4 });

        Assert.Equal(workspace.At("digits", "version_7", "checkpoints", "epoch_1.safetensors"), checkpoints[0].Path);
        Assert.Equal(result.Checkpoint, checkpoints[^1].Path);
        Assert.Equal(checkpoints.OrderBy(checkpoint => checkpoint.Score), checkpoints);
        Assert.All(checkpoints, checkpoint => Assert.True(File.Exists(checkpoint.Path)));
        Assert.All(checkpoints, checkpoint => Assert.Equal((true, "val/accuracy"), (checkpoint.IsBest, checkpoint.Metric)));
    }

    [Fact]
    public void Cancelling_stops_at_the_next_step()
    {
        using var cancellation = new CancellationTokenSource();
        var logger = new Mock<ILightningLogger>();
        var progress = new ProgressList { OnReport = reported => { if (reported.Step == 3) { cancellation.Cancel(); } } };

        Assert.Throws<OperationCanceledException>(() => new DigitsTrainer(logger.Object, OneEpoch).Train(progress, cancellation.Token));

        logger.Verify(run => run.LogMetrics(It.IsAny<(string, double)[]>(), It.IsAny<long?>()), Times.Exactly(3));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_after_it_is_logged()
    {
        var logger = new Mock<ILightningLogger>();

        var thrown = Assert.Throws<TrainingDivergedException>(() =>
            Train(logger.Object, OneEpoch with { LearningRate = 1e30 }));

        Assert.Contains("learning rate below 1E+30", thrown.Message, StringComparison.Ordinal);
        logger.Verify(run => run.LogMetrics(
            It.Is<(string Name, double Value)[]>(metrics => !double.IsFinite(metrics[0].Value)), It.IsAny<long?>()));
    }

    [Fact]
    public void Progress_counts_every_step_and_ends_each_epoch_with_its_validation()
    {
        var progress = new ProgressList();

        var result = new DigitsTrainer(Mock.Of<ILightningLogger>(), OneEpoch with { Epochs = 2 }).Train(progress, CancellationToken.None);

        var byKind = progress.ToLookup(reported => reported.Validation is null);
        Assert.Equal(Enumerable.Range(1, 90), byKind[true].Select(reported => (int)reported.Step));
        Assert.Equal([1, 2], byKind[false].Select(reported => reported.Epoch));
        Assert.All(progress, reported => Assert.Equal(result.Steps, reported.Steps));
    }

    private static TrainingResult Train(ILightningLogger logger, TrainingOptions options) =>
        new DigitsTrainer(logger, options).Train(new ProgressList(), CancellationToken.None);

    private sealed class ProgressList : List<TrainingProgress>, IProgress<TrainingProgress>
    {
        public Action<TrainingProgress>? OnReport { get; init; }

        public void Report(TrainingProgress value)
        {
            Add(value);
            OnReport?.Invoke(value);
        }
    }
}
