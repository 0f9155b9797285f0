using System.Globalization;

namespace PluginLoggers.MLflow.Tests;

/// <summary>What a run looks like on a server, whichever it is.</summary>
public abstract class ClientTests(ServerFixture server)
{
    [Fact]
    public async Task A_run_bears_its_names_its_start_and_its_tags()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = run.Experiment,
            RunName = "my run",
            Tags = { ["team"] = "b", ["purpose"] = "test" },
        });
        run.Log(logger, 1, new Metric("loss", 0.5));
        await logger.SaveAsync();

        var view = Single(run);
        Assert.Equal("my run", view.Name);
        Assert.Equal(TestRun.Start.ToUnixTimeMilliseconds(), view.StartTime);
        Assert.Equal("b", view.Tags["team"]);
        Assert.Equal("test", view.Tags["purpose"]);
        Assert.Equal("kept", view.Tags["bad_x0023_key"]);
        Assert.Equal(Environment.UserName, view.Tags["mlflow.user"]);
        Assert.Equal("LOCAL", view.Tags["mlflow.source.type"]);
        Assert.Equal($"{server.Address}/#/experiments/{ExperimentId(run)}/runs/{view.Id}", logger.Location);
        Assert.Contains(run.Reports, report => report.Contains("'bad#key'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_name_of_its_own_a_run_is_called_by_its_version()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 0.5));
        await logger.SaveAsync();
        Assert.Equal("version_7", Single(run).Name);
    }

    [Fact]
    public async Task Params_are_text_as_Python_writes_it_and_any_number_of_them_is_sent()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        var many = Enumerable.Range(0, 250).ToDictionary(i => $"p/{i}", i => (object?)(long)i);
        logger.LogHyperparams(new Dictionary<string, object?>(many)
        {
            ["lr"] = 1e-5,
            ["big"] = 1e300,
            ["amp"] = true,
            ["note"] = null,
            ["nan"] = double.NaN,
            ["empty"] = "",
            ["text"] = "größe \"quoted\"\n指标",
        });
        await logger.SaveAsync();

        var read = Single(run).Params;
        Assert.Equal(257, read.Count);
        Assert.Equal("249", read["p/249"]);
        Assert.Equal(("1e-05", "1e+300", "True", "None", "nan", "", "größe \"quoted\"\n指标"),
            (read["lr"], read["big"], read["amp"], read["note"], read["nan"], read["empty"], read["text"]));
    }

    [Fact]
    public async Task A_long_value_is_cut_visibly_and_kept_whole_beside_it()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        var limit = new string('x', 6000);
        logger.LogHyperparams(new Dictionary<string, object?> { ["fits"] = limit, ["long"] = limit + "y" });
        await logger.SaveAsync();
        logger.LogHyperparams(new Dictionary<string, object?> { ["long"] = limit + "y" });
        await logger.SaveAsync();

        var view = Single(run);
        Assert.Equal(limit, view.Params["fits"]);
        Assert.Equal(6000, view.Params["long"].Length);
        Assert.EndsWith("... [cut: 6001 characters]", view.Params["long"], StringComparison.Ordinal);
        Assert.Equal(("params/long.txt", 6001), Assert.Single(view.Artifacts.Select(file => (file.Key, file.Value))));
        Assert.Contains(run.Reports, report => report.Contains("'long'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_param_that_changes_becomes_a_tag(bool inOneSave)
    {
        var run = new TestRun(server.Address);
        await using (var logger = run.Create())
        {
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1, ["seed"] = 1L });
            if (!inOneSave)
            {
                await logger.SaveAsync();
            }

            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.2, ["seed"] = 1L, ["new"] = 3L });
            run.Log(logger, 1, new Metric("loss", 0.5));
            await logger.SaveAsync();
        }

        var view = Single(run);
        Assert.Equal(("0.1", "1", "3"), (view.Params["lr"], view.Params["seed"], view.Params["new"]));
        Assert.Equal("0.2", view.Tags["changed_param.lr"]);
        Assert.Equal(["loss [1] = 0.5"], view.Lines);
    }

    [Fact]
    public async Task A_batch_that_the_server_has_already_is_sent_again_without_a_double()
    {
        // More than 100 names, so that the server refuses the batch when it comes again, and NaN, which it refuses always.
        Metric[] metrics = [.. Enumerable.Range(0, 1200).Select(i => new Metric(Name(i), i % 50 == 0 ? double.NaN : i))];
        var run = new TestRun(server.Address);
        string? bookmark;
        await using (var first = run.Create())
        {
            run.Log(first, 0, new Metric("before", 1));
            await first.SaveAsync();
            bookmark = first.Bookmark;
            run.Log(first, 1, metrics.AsSpan(0, 700));
            await first.SaveAsync();
        }

        await using (var second = run.Create(bookmark))
        {
            run.Log(second, 1, metrics);
            await second.SaveAsync();
        }

        Assert.Equal(metrics.Select((metric, i) => Line(Name(i), 1, metric.Value)).Append("before [0] = 1").Order(StringComparer.Ordinal),
            Single(run).Lines);
        static string Name(int i) => $"m/{i.ToString(CultureInfo.InvariantCulture)}";
    }

    [Fact]
    public async Task A_NaN_that_is_logged_twice_in_one_moment_is_there_once()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", double.NaN), new Metric("loss", double.NaN), new Metric("acc", 1));
        await logger.SaveAsync();
        run.Log(logger, 1, new Metric("loss", double.NaN), new Metric("later", 2));
        await logger.SaveAsync();
        Assert.Equal([Line("acc", 1, 1), Line("later", 1, 2), Line("loss", 1, double.NaN)], Single(run).Lines);
    }

    [Fact]
    public async Task An_infinity_is_told_and_sent_so_that_nothing_else_is_lost()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("a", double.PositiveInfinity), new Metric("b", double.NegativeInfinity),
            new Metric("c", double.NaN), new Metric("d", 4));
        await logger.SaveAsync();
        Assert.Equal([Line("a", 1, double.MaxValue), Line("b", 1, double.MinValue), Line("c", 1, double.NaN), Line("d", 1, 4)],
            Single(run).Lines);
        Assert.Contains(run.Reports, report => report.Contains("infinite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RunStatus.Finished, "FINISHED")]
    [InlineData(RunStatus.Failed, "FAILED")]
    [InlineData(RunStatus.Killed, "KILLED")]
    public async Task An_end_is_recorded_with_its_time(RunStatus status, string expected)
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        run.Time.Now = TestRun.Start.AddSeconds(90);
        await logger.FinalizeAsync(status);

        var view = Single(run);
        Assert.Equal((expected, TestRun.Start.AddSeconds(90).ToUnixTimeMilliseconds()), (view.Status, view.EndTime));
        Assert.Single(view.Points);
    }

    [Fact]
    public async Task Media_and_files_become_artifacts()
    {
        using var folder = new TempFolder();
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Time.Now = TestRun.Start;
        logger.LogText("summary/é", "**bold**", 3);
        logger.LogImage("val/dog", ImageData.FromPixels(new byte[12], 2, 2), 3);
        logger.LogHistogram("weights", HistogramData.FromValues([0.0, 1]), -2);
        logger.LogAudio("tone", AudioData.FromSamples(new float[8], 8000), 3);
        logger.LogGraph(new GraphData([new GraphNode("a", "Linear", ["b"])]));
        logger.LogArtifact(folder.File("50% #1 \\ +&?.txt", "content"));
        logger.LogArtifact(folder.File("renamed.bin", ""), "deep/er/name.bin");
        folder.File("tree/one.txt", "1");
        folder.File("tree/sub/two.txt", "2");
        logger.LogArtifact(Path.Combine(folder.Path, "tree"));
        logger.AfterSaveCheckpoint(new Checkpoint(folder.File("epoch=1.ckpt", "model")) { Step = 3, IsBest = true });
        await logger.SaveAsync();

        var view = Single(run);
        var images = view.Artifacts.Keys.Where(path => path.StartsWith("images/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Collection(
            images,
            path =>
                Assert.Matches(@"^images/val\.dog\+step\+3\+timestamp\+1709208000250\+[0-9a-f]{8}-[0-9a-f-]{27}\+compressed\.png$", path),
            path => Assert.Matches(@"^images/val\.dog\+step\+3\+timestamp\+1709208000250\+[0-9a-f]{8}-[0-9a-f-]{27}\.png$", path));
        Assert.Equal(
            [
                "50_x0025_ _x0023_1 _x005C_ +&?.txt", "audio/tone/step_000003.wav", "checkpoints/epoch=1/epoch=1.ckpt",
                    "checkpoints/epoch=1/metadata.json",
                "deep/er/name.bin", "graph.json", "histograms/weights/step_-000002.json", "text/summary/é/step_000003.md", "tree/one.txt",
                    "tree/sub/two.txt",
            ],
            view.Artifacts.Keys.Except(images).Order(StringComparer.Ordinal));
        Assert.Equal("True", view.Tags["mlflow.loggedImages"]);
        Assert.Equal("checkpoints/epoch=1/epoch=1.ckpt", view.Tags["checkpoint.best"]);
    }

    [Fact]
    public async Task Many_runs_that_start_at_once_share_the_experiment_that_none_of_them_found()
    {
        var options = new MLflowOptions { TrackingUri = server.Address, ExperimentName = $"race {Guid.NewGuid():N}" };
        TestRun[] runs = [.. Enumerable.Range(0, 8).Select(_ => new TestRun(server.Address))];
        await Task.WhenAll(runs.Select(async run =>
        {
            await using var logger = run.Create(options: options);
            run.Log(logger, 1, new Metric("loss", 1));
            await logger.SaveAsync();
        }));
        Assert.All(runs, run => Assert.Single(server.Find(options.ExperimentName, run.Context)));
    }

    [Fact]
    public async Task A_run_that_is_gone_is_begun_anew_and_one_that_was_deleted_is_not()
    {
        var run = new TestRun(server.Address);
        string bookmark;
        await using (var logger = run.Create())
        {
            run.Log(logger, 1, new Metric("loss", 1));
            await logger.SaveAsync();
            bookmark = logger.Bookmark!;
        }

        var view = Single(run);
        await using (var logger = run.Create(bookmark.Replace(view.Id, new string('f', 32), StringComparison.Ordinal)))
        {
            run.Log(logger, 2, new Metric("loss", 2));
            await Assert.ThrowsAsync<InvalidDataException>(async () => await logger.SaveAsync());
        }

        server.Rest.Post("runs/delete", $$"""{"run_id":"{{view.Id}}"}""");
        await using (var logger = run.Create(bookmark))
        {
            run.Log(logger, 2, new Metric("loss", 2));
            var failure = await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
            Assert.Contains($"mlflow runs restore --run-id {view.Id}", failure.Message, StringComparison.Ordinal);
            server.Rest.Post("runs/restore", $$"""{"run_id":"{{view.Id}}"}""");
            await logger.SaveAsync();
        }

        Assert.Equal(["loss [1] = 1", "loss [2] = 2"], Single(run).Lines);
    }

    private static string Line(string name, long step, double value) => FormattableString.Invariant($"{name} [{step}] = {value:R}");

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));

    private string ExperimentId(TestRun run) =>
        server.Rest.Get($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(run.Experiment)}")!.Value.GetProperty("experiment")
            .GetProperty("experiment_id").GetString()!;
}

public sealed class ClientTestsOfV2(StandInV2 server) : ClientTests(server), IClassFixture<StandInV2>;

public sealed class ClientTestsOfV3(StandInV3 server) : ClientTests(server), IClassFixture<StandInV3>;
