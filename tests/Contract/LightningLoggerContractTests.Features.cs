using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    [Fact]
    public virtual async Task What_it_cannot_show_is_ignored_and_what_it_can_show_is_taken()
    {
        var run = NewRun();
        await using (var logger = Create(run))
        {
            Assert.NotNull(logger.Name);
            Assert.NotNull(logger.Version);
            Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
            LogEverything(logger, metrics: false);
            await logger.SaveAsync();
            Deliver(logger, MetricsCall.Of(1, "loss", 0.25));
            await logger.FinalizeAsync(RunStatus.Finished);
        }

        AssertHolds(run, [MetricsCall.Of(0, "loss", 0.5), MetricsCall.Of(1, "loss", 0.25)]);
        AssertNothingOutside();
    }

    [SkippableFact]
    public virtual async Task What_it_can_show_survives_a_crash_without_a_trace()
    {
        var run = NewRun();
        await Run(run, crash: false);
        var expected = OutputFolder.Read(run.OutputDirectory);

        await Run(Again(run, bookmark: null), crash: true);
        Assert.Equal(expected, OutputFolder.Read(run.OutputDirectory));
        AssertHolds(run, [MetricsCall.Of(0, "loss", 0.5), MetricsCall.Of(1, "loss", 0.25), MetricsCall.Of(2, "loss", 0.125)]);

        async Task Run(LoggerContext context, bool crash)
        {
            var logger = Create(context);
            Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
            await logger.SaveAsync();
            var bookmark = Bookmark(logger);
            for (var attempt = crash ? 0 : 1; attempt < 2; attempt++)
            {
                Deliver(logger, MetricsCall.Of(1, "loss", 0.25));
                LogEverything(logger, metrics: false);
                await logger.SaveAsync();
                if (attempt == 0)
                {
                    await logger.DisposeAsync();
                    logger = Create(Again(context, bookmark));
                }
            }

            Deliver(logger, MetricsCall.Of(2, "loss", 0.125));
            await logger.SaveAsync();
            await logger.DisposeAsync();
        }
    }

    [SkippableFact]
    public virtual async Task Hyperparameters_are_kept()
    {
        var run = NewRun();
        await using var logger = Create(run);
        if ((logger.Features & LoggerFeatures.Hyperparameters) == 0)
        {
            Skip.Because("This backend shows no hyperparameters.");
        }

        _time.Now = At(0);
        logger.LogHyperparams(new Dictionary<string, object?>
        {
            ["optimizer/name"] = "adam",
            ["layers"] = 3L,
            ["lr"] = 0.125,
            ["note"] = null,
            ["amp"] = true,
        });
        await logger.SaveAsync();
        if (ReadHyperparams(run) is not { } read)
        {
            Skip.Because("The hyperparameters of this output are not read back.");
            return;
        }

        Assert.Equal("adam", read["optimizer/name"]);
        Assert.Equal("3", read["layers"]);
        Assert.Equal("0.125", read["lr"]);
        Assert.Contains("amp", read.Keys);

        logger.LogHyperparams(new Dictionary<string, object?> { ["epochs"] = 10L });
        await logger.SaveAsync();
        read = ReadHyperparams(run)!;
        Assert.Equal("10", read["epochs"]);
        Assert.Equal("adam", read["optimizer/name"]);
    }

    [SkippableFact]
    public virtual async Task A_file_that_is_gone_is_reported_and_does_not_stop_the_rest()
    {
        var run = NewRun();
        await using (var logger = Create(run))
        {
            if ((logger.Features & (LoggerFeatures.Artifacts | LoggerFeatures.Checkpoints)) == 0)
            {
                Skip.Because("This backend shows neither artifacts nor checkpoints.");
            }

            var gone = _folder.Input("gone.ckpt") + ".not";
            Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
            try
            {
                logger.LogArtifact(gone);
                logger.AfterSaveCheckpoint(new Checkpoint(gone) { Step = 0 });
                await logger.SaveAsync();
                Assert.NotEmpty(Reports);
                Deliver(logger, MetricsCall.Of(1, "loss", 0.25));
                await logger.SaveAsync();
            }
            catch (LoggerRejectedException)
            {
                return;
            }
        }

        AssertHolds(run, [MetricsCall.Of(0, "loss", 0.5), MetricsCall.Of(1, "loss", 0.25)]);
    }

    /// <summary>One call of everything that a logger can be given, in the form in which a host gives it.</summary>
    private void LogEverything(ILightningLogger logger, bool metrics = true)
    {
        _time.Now = At(10);
        if (metrics)
        {
            logger.LogMetrics([new Metric("everything", 1)], step: 10);
        }

        logger.LogHyperparams(new Dictionary<string, object?>
        {
            ["lr"] = 0.1,
            ["layers"] = 3L,
            ["name"] = "net",
            ["amp"] = true,
            ["seed"] = null,
        });
        logger.LogText("summary", "**bold**\n\n| a | b |\n|---|---|\n| 1 | 2 |", step: 10);
        logger.LogImage("digit", ImageData.FromPixels(new byte[2 * 3 * 3], width: 2, height: 3), step: 10);
        logger.LogHistogram("weights", HistogramData.FromValues([-1.0, 0, 0.5, 2]), step: 10);
        logger.LogAudio("tone", AudioData.FromSamples(new float[100], sampleRate: 8000), step: 10);
        logger.LogGraph(new GraphData([new GraphNode("input", "Placeholder", []), new GraphNode("net/linear", "Linear", ["input"])]));
        logger.LogCustom("contract.unknown", "thing", [1, 2, 3], step: 10);

        var file = _folder.Input("model.ckpt");
        logger.LogArtifact(file, "model/model.ckpt");
        logger.AfterSaveCheckpoint(new Checkpoint(file) { Step = 10, Metric = "loss", Score = 0.5, IsBest = true });
    }
}
