using Moq;

namespace PluginLoggers.Abstractions.Tests;

/// <summary>What a user's tests do with a mock of the logger.</summary>
public class MockTests
{
    [Fact]
    public void What_a_trainer_logged_can_be_verified()
    {
        var mock = new Mock<ILightningLogger>();
        Train(mock.Object);

        mock.Verify(logger => logger.LogMetrics(It.IsAny<(string, double)[]>(), 3), Times.Once);
        mock.Verify(logger => logger.LogMetrics(It.Is<(string Name, double Value)[]>(metrics => metrics[1].Name == "acc" && metrics[1].Value > 0.8), 3));
        mock.Verify(logger => logger.LogMetrics(It.Is<IReadOnlyDictionary<string, double>>(metrics => metrics["loss"] == 0.25), null));
        mock.Verify(logger => logger.LogMetric("lr", 0.01, 3));
        mock.Verify(
            logger => logger.LogHyperparams(It.Is<IReadOnlyDictionary<string, object?>>(values => (int)values["seed"]! == 1), null, null));
        mock.Verify(logger => logger.LogText("summary", It.IsAny<string>(), It.IsAny<long?>()));
        mock.Verify(logger => logger.AfterSaveCheckpoint(It.Is<Checkpoint>(checkpoint => checkpoint.IsBest)));
        mock.Verify(logger => logger.FinalizeAsync(RunStatus.Finished, It.IsAny<CancellationToken>()));
        mock.Verify(logger => logger.LogMetric("lr", 0.02, It.IsAny<long?>()), Times.Never);
    }

    [Fact]
    public void A_strict_mock_says_what_was_not_expected()
    {
        var mock = new Mock<ILightningLogger>(MockBehavior.Strict);
        mock.Setup(logger => logger.LogMetric("loss", It.IsAny<double>(), null));
        mock.Object.LogMetric("loss", 1);
        Assert.Throws<MockException>(() => mock.Object.LogMetric("acc", 1));
    }

    [Fact]
    public async Task A_loose_mock_can_be_given_to_a_trainer_whatever_it_calls()
    {
        var mock = new Mock<ILightningLogger>();
        var logger = mock.Object;
        logger.LogMetrics([("loss", 1)], step: 1);
        logger.LogImage("image", ImageData.FromPixels(new byte[3], 1, 1));
        logger.AggregateAndLogMetrics(new Dictionary<string, double> { ["loss"] = 1 });
        await logger.SaveAsync();
        await logger.RunAsync(run => run.LogMetric("loss", 1));
        await logger.DisposeAsync();
        logger.Dispose();

        Assert.Equal(LoggerFeatures.None, logger.Features);
        mock.Verify(run => run.FinalizeAsync(RunStatus.Finished, It.IsAny<CancellationToken>()));
    }

    [Fact]
    public void A_mock_cannot_take_a_span_and_the_rest_of_it_stays_usable()
    {
        // What Castle 5 makes of a span is no program. The contract's documentation says so; should this test ever fail, it can say less.
        var mock = new Mock<ILightningLogger>();
        Assert.Throws<InvalidProgramException>(() => mock.Object.LogMetrics([new Metric("loss", 1)], step: 1));
        Assert.Throws<InvalidProgramException>(() => mock.Object.LogCustom("kind", "name", [1, 2, 3]));

        mock.Object.LogMetric("loss", 1);
        mock.Verify(logger => logger.LogMetric("loss", 1, null), Times.Once);
    }

    private static void Train(ILightningLogger logger)
    {
        logger.LogHyperparams(new Dictionary<string, object?> { ["seed"] = 1 });
        logger.LogMetrics([("loss", 0.5), ("acc", 0.9)], step: 3);
        logger.LogMetrics(new Dictionary<string, double> { ["loss"] = 0.25 });
        logger.LogMetric("lr", 0.01, step: 3);
        logger.LogText("summary", "done");
        logger.AfterSaveCheckpoint(new Checkpoint("model.ckpt") { IsBest = true });
        logger.FinalizeAsync(RunStatus.Finished).AsTask().Wait();
    }
}
