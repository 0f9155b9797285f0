using Moq;
using PluginLoggers;
using PluginLoggers.Contract;

namespace ReadmeSnippets;

public sealed class TrainerTests
{
    [Fact]
    public void The_last_step_is_logged()
    {
        var logger = new Mock<ILightningLogger>();

        new Trainer(logger.Object).Fit();

        logger.Verify(run => run.LogMetrics(It.IsAny<(string Name, double Value)[]>(), 99));
    }

    [Fact]
    public void The_loss_falls()
    {
        using var logger = new RecordingLogger();

        new Trainer(logger).Fit();

        var losses = logger.Records.OfType<LoggedRecord.Metrics>().Select(record => record.Values[0].Value).ToList();
        Assert.True(losses[^1] < losses[0]);
    }
}
