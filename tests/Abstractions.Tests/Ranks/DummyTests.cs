namespace PluginLoggers.Abstractions.Tests.Ranks;

public class DummyTests
{
    [Fact]
    public async Task A_dummy_experiment_takes_anything_through_dynamic()
    {
        dynamic experiment = new DummyExperiment();
        Assert.Same(experiment, experiment.add_scalar("loss", 0.5, step: 3).and_then().again());
        Assert.Same(experiment, experiment.property.of.a.property);
        Assert.Same(experiment, experiment["key"][3, 4]);
        Assert.Same(experiment, experiment(1, 2));
        Assert.Same(experiment, experiment + 1);
        Assert.Same(experiment, -experiment);
        experiment.property = 3;
        experiment["key"] = 3;
        experiment.counter += 1;
        Assert.Same(experiment, await experiment.SendAsync());
    }

    [Fact]
    public void A_dummy_experiment_converts_to_the_default_of_a_type_and_is_false()
    {
        dynamic experiment = new DummyExperiment();
        int whole = experiment.count;
        double number = experiment.best();
        string? text = experiment.name;
        int? none = experiment.count;
        IOpenRecorder recorder = experiment;

        Assert.Equal((0, 0.0, null, null), (whole, number, text, none));
        Assert.Same((object)experiment, recorder);
        Assert.False(experiment.is_ready ? true : false);
        Assert.False(experiment > 3 ? true : false);
    }

    [Fact]
    public void Dummies_are_finite_sequences_and_can_be_disposed()
    {
        dynamic experiment = new DummyExperiment();
        foreach (var item in experiment.runs)
        {
            Assert.Fail($"There is {item} in nothing.");
        }

        using (experiment.start())
        {
        }

        Assert.Empty(new DummyLogger());
        Assert.Empty(DummyExperiment.Instance);
    }

    [Fact]
    public async Task A_dummy_logger_takes_every_member_and_keeps_nothing()
    {
        await using var logger = new DummyLogger();
        logger.LogMetrics([("loss", 0.5)]);
        logger.LogMetrics(null!, step: 3);
        logger.LogMetrics(new Dictionary<string, double> { ["loss"] = 1 });
        logger.LogMetric(null!, double.NaN, long.MinValue);
        logger.AggregateAndLogMetrics(new Dictionary<string, object?> { ["not a number"] = "text" });
        logger.LogHyperparams(3);
        logger.LogText(null!, null!);
        logger.LogImage(null!, null!);
        logger.LogHistogram(null!, null!);
        logger.LogAudio(null!, null!);
        logger.LogGraph(null!);
        logger.LogArtifact(null!);
        logger.AfterSaveCheckpoint(null!);
        logger.LogCustom(null!, null!, default);
        await logger.SaveAsync();
        await logger.FinalizeAsync(RunStatus.Failed);

        Assert.Equal(("", "", 0), (logger.Name, logger.Version, logger.Count));
        Assert.Same(logger, logger[7]);
        Assert.Same(DummyExperiment.Instance, logger.Experiment);
    }

    [Fact]
    public void A_dummy_logger_takes_unknown_calls_through_dynamic()
    {
        dynamic logger = new DummyLogger();
        logger.LogText("name", "text");
        logger.LogMetrics(new Dictionary<string, double> { ["loss"] = 1 }, 3);
        logger.LogMetrics(new[] { new Metric("loss", 1) }, 3);
        logger.watch("model", log: "all").more();
        logger.setting = 3;
        logger.experiment.add_scalar("loss", 1);
        Assert.Same(logger, logger[0]);
    }
}
