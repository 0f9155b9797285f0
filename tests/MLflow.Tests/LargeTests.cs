namespace PluginLoggers.MLflow.Tests;

/// <summary>A lot of everything; on one version of the stand-in, because both hold it in the same way.</summary>
public abstract class LargeTests(ServerFixture server)
{
    [Fact]
    public async Task A_hundred_thousand_params_arrive_and_come_again_without_harm()
    {
        var many = Enumerable.Range(0, 100_000).ToDictionary(i => $"layer/{i}/size", i => (object?)(long)i);
        var run = new TestRun(server.Address);
        await using (var logger = run.Create())
        {
            logger.LogHyperparams(many);
            await logger.SaveAsync();
        }

        await using (var again = run.Create())
        {
            again.LogHyperparams(new Dictionary<string, object?>(many.Take(250)) { ["layer/7/size"] = 8L, ["later"] = 1L });
            await again.SaveAsync();
        }

        var view = Single(run);
        Assert.Equal(100_001, view.Params.Count);
        Assert.Equal(("99999", "7", "1", "8"), (view.Params["layer/99999/size"], view.Params["layer/7/size"], view.Params["later"],
            view.Tags["changed_param.layer/7/size"]));
    }

    /// <summary>No buffer of .NET holds so much: what arrives was streamed.</summary>
    [Fact]
    public async Task A_checkpoint_of_more_than_2_GB_is_streamed()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "large.ckpt");
        const long Length = (1L << 31) + 1;
        await using (var file = File.Create(path))
        {
            file.SetLength(Length);
        }

        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = run.Experiment,
            LoggedModels = false,
            Timeout = TimeSpan.FromMinutes(10),
        });
        run.Log(logger, 1, new Metric("loss", 1));
        await logger.SaveAsync();
        logger.AfterSaveCheckpoint(new Checkpoint(path) { Step = 1 });
        try
        {
            await logger.SaveAsync();
        }
        catch (TrackingRequestException)
        {
            // What runs a real server may take less, 1 GiB for instance; then it does so of anybody.
            Assert.False(await server.Rest.TakesAsync(Single(run).ArtifactUri, path));
            return;
        }

        Assert.Equal(Length, Single(run).Artifacts["checkpoints/large/large.ckpt"]);
    }

    [Fact]
    public async Task A_hundred_thousand_points_arrive_once()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        for (var step = 0; step < 100_000; step++)
        {
            run.Log(logger, step, new Metric("loss", step));
        }

        await logger.SaveAsync();
        Assert.Equal(Enumerable.Range(0, 100_000).Select(step => ((long)step, (double)step)),
            Single(run).Points.Select(point => (point.Step, point.Value)).Order());
    }

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class LargeTestsOfV3(StandInV3 server) : LargeTests(server), IClassFixture<StandInV3>;
