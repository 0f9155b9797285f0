using System.Text.Json;

namespace PluginLoggers.MLflow.Tests;

/// <summary>Tables, datasets, checkpoints and logged models, on whichever server.</summary>
public abstract class ArtifactTests(ServerFixture server)
{
    private static readonly TableData Predictions = new(["digit", "guess", "sure"],
        [[1L, "one", 0.5], [2L, null, double.NaN], ["größe \"3\"", true, new DateOnly(2024, 2, 29)]]);

    [Fact]
    public async Task A_table_is_a_file_as_log_table_writes_it_and_stands_in_the_list_of_tables()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        Assert.True(logger.AcceptsCustom(MLflowRecordKinds.Table));
        logger.LogTable("val/predictions", Predictions, 3);
        await logger.SaveAsync();
        logger.LogTable("val/predictions", Predictions, 4);
        logger.LogTable("val/predictions", Predictions, 3);
        await logger.SaveAsync();

        var view = Single(run);
        const string First = "tables/val/predictions/step_000003.json";
        const string Second = "tables/val/predictions/step_000004.json";
        Assert.Equal([First, Second], view.Artifacts.Keys.Order(StringComparer.Ordinal));
        using var table = JsonDocument.Parse(await server.Rest.DownloadAsync(view, First));
        Assert.Equal("""{"columns":["digit","guess","sure"],"data":[[1,"one",0.5],[2,null,null],["größe \"3\"",true,"2024-02-29"]]}""",
            table.RootElement.GetRawText());
        using var list = JsonDocument.Parse(view.Tags["mlflow.loggedArtifacts"]);
        Assert.Equal([(First, "table"), (Second, "table")], list.RootElement.EnumerateArray()
            .Select(entry => (entry.GetProperty("path").GetString(), entry.GetProperty("type").GetString())));
    }

    [Fact]
    public async Task A_list_of_tables_that_is_full_stays_readable_and_that_is_told()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        for (var i = 0; i < 120; i++)
        {
            logger.LogTable($"a table with a rather long name {i:D3}", Predictions, 0);
        }

        await logger.SaveAsync();
        var view = Single(run);
        Assert.Equal(120, view.Artifacts.Count);
        using var list = JsonDocument.Parse(view.Tags["mlflow.loggedArtifacts"]);
        Assert.InRange(list.RootElement.GetArrayLength(), 50, 119);
        Assert.Contains(run.Reports, report => report.Contains("list of tables", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dataset_is_an_input_of_the_run_once()
    {
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        var digits = new DatasetInfo("digits é")
        {
            Source = "/data/digits.csv",
            Schema = """{"mlflow_colspec":[]}""",
            Profile = """{"num_rows":1797}""",
            Context = "training",
        };
        logger.LogDataset(digits);
        logger.LogDataset(digits);
        logger.LogDataset(digits with { Digest = "abcd1234", Source = """{"uri":"s3://bucket/x"}""", SourceType = "s3", Context = null });
        await logger.SaveAsync();

        var inputs = server.Rest.Get($"runs/get?run_id={Single(run).Id}")!.Value.GetProperty("run").GetProperty("inputs")
            .GetProperty("dataset_inputs").EnumerateArray().OrderBy(input => Dataset(input, "source_type"), StringComparer.Ordinal)
                .ToArray();
        Assert.Equal(2, inputs.Length);
        Assert.Equal(("digits é", """{"uri":"/data/digits.csv"}""", """{"mlflow_colspec":[]}""", """{"num_rows":1797}"""),
            (Dataset(inputs[0], "name"), Dataset(inputs[0], "source"), Dataset(inputs[0], "schema"), Dataset(inputs[0], "profile")));
        Assert.InRange(Dataset(inputs[0], "digest")!.Length, 8, 36);
        Assert.Equal("training", inputs[0].GetProperty("tags")[0].GetProperty("value").GetString());
        Assert.Equal(("abcd1234", """{"uri":"s3://bucket/x"}"""), (Dataset(inputs[1], "digest"), Dataset(inputs[1], "source")));
        static string? Dataset(JsonElement input, string field) => input.GetProperty("dataset").GetProperty(field).GetString();
    }

    [Fact]
    public async Task A_record_that_is_no_dataset_is_refused()
    {
        await using var logger = new TestRun(server.Address).Create();
        Assert.Throws<LoggerRejectedException>(() => logger.LogCustom(MLflowRecordKinds.Dataset, "d", "{"u8, 0));
        Assert.Throws<LoggerRejectedException>(() => logger.LogCustom(MLflowRecordKinds.Dataset, "d", "{}"u8, 0));
    }

    [Fact]
    public async Task A_folder_is_sent_file_by_file_and_a_link_to_a_folder_in_it_is_told()
    {
        using var files = new TempFolder();
        var folder = Path.GetDirectoryName(files.File("model.txt", "model"))!;
        Directory.CreateDirectory(Path.Combine(folder, "nested"));
        await File.WriteAllTextAsync(Path.Combine(folder, "nested", ".hidden"), "hidden");
        Directory.CreateSymbolicLink(Path.Combine(folder, "nested", "circle"), folder);
        File.CreateSymbolicLink(Path.Combine(folder, "last"), Path.Combine(folder, "model.txt"));
        File.CreateSymbolicLink(Path.Combine(folder, "nowhere"), Path.Combine(folder, "deleted.txt"));
        await File.WriteAllTextAsync(Path.Combine(folder, "empty"), "");
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        logger.LogArtifact(folder, "all");
        await logger.SaveAsync();

        Assert.Equal(
            ["all/empty 0", "all/last 5", "all/model.txt 5", "all/nested/.hidden 6"],
            Single(run).Artifacts.Select(artifact => $"{artifact.Key} {artifact.Value}").Order(StringComparer.Ordinal));
        Assert.Single(run.Reports, report => report.Contains("nowhere' is gone", StringComparison.Ordinal));
        Assert.Single(run.Reports, report => report.Contains("circle' is a link to a folder, which is not", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MLflowCheckpoints.All, "a/a.ckpt a/metadata.json b/b.ckpt b/metadata.json")]
    [InlineData(MLflowCheckpoints.BestAndLatest, "best/checkpoint.ckpt best/metadata.json latest/checkpoint.ckpt latest/metadata.json")]
    [InlineData(MLflowCheckpoints.Best, "best/checkpoint.ckpt best/metadata.json")]
    [InlineData(MLflowCheckpoints.Latest, "latest/checkpoint.ckpt latest/metadata.json")]
    [InlineData(MLflowCheckpoints.None, "")]
    public async Task Checkpoints_are_uploaded_as_the_options_say(MLflowCheckpoints which, string expected)
    {
        using var files = new TempFolder();
        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = run.Experiment,
            Checkpoints = which,
        });
        run.Log(logger, 1, new Metric("val/loss", 0.5));
        logger.AfterSaveCheckpoint(new Checkpoint(files.File("a.ckpt", "first")) { Step = 1, IsBest = true });
        logger.AfterSaveCheckpoint(new Checkpoint(files.File("b.ckpt", "second!")) { Step = 2 });
        await logger.SaveAsync();

        var view = Single(run);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(path => $"checkpoints/{path}"),
            view.Artifacts.Keys.Order(StringComparer.Ordinal));
        if (which == MLflowCheckpoints.BestAndLatest)
        {
            Assert.Equal(
                (5, 7), (view.Artifacts["checkpoints/best/checkpoint.ckpt"], view.Artifacts["checkpoints/latest/checkpoint.ckpt"]));
            Assert.Equal(("checkpoints/best/checkpoint.ckpt", "checkpoints/latest/checkpoint.ckpt"),
                (view.Tags["checkpoint.best"], view.Tags["checkpoint.latest"]));
        }
    }

    [Fact]
    public async Task A_checkpoint_is_a_logged_model_with_step_and_metric_where_the_server_has_those()
    {
        using var files = new TempFolder();
        var run = new TestRun(server.Address);
        await using (var logger = run.Create())
        {
            run.Log(logger, 9, new Metric("val/loss", 0.25));
            logger.AfterSaveCheckpoint(new Checkpoint(files.File("epoch=1-loss=0.25.ckpt", "model"))
            {
                Step = 10,
                Metric = "val/loss",
                Score = 0.25,
                IsBest = true,
            });
            logger.AfterSaveCheckpoint(new Checkpoint(files.File("other.ckpt", "model")) { Step = 11, Metric = "val/loss", Score = 0.125 });
            await logger.SaveAsync();
        }

        var view = Single(run);
        Assert.Equal(["val/loss [9] = 0.25"], view.Lines);
        if (server.Rest.Post("logged-models/search", Search(view)) is not { } found)
        {
            Assert.DoesNotContain(run.Reports, report => report.Contains("model", StringComparison.Ordinal));
            Assert.Contains("checkpoints/epoch=1-loss=0.25/epoch=1-loss=0.25.ckpt", view.Artifacts.Keys);
            return;
        }

        var models = found.GetProperty("models").EnumerateArray()
            .ToDictionary(model => model.GetProperty("info").GetProperty("name").GetString()!);
        var best = models["epoch=1-loss=0_x002E_25"];
        var id = best.GetProperty("info").GetProperty("model_id").GetString()!;
        Assert.Equal("LOGGED_MODEL_READY", best.GetProperty("info").GetProperty("status").GetString());
        Assert.Equal(["metric=val/loss", "score=0.25", "step=10"], best.GetProperty("data").GetProperty("params").EnumerateArray()
            .Select(pair => $"{pair.GetProperty("key")}={pair.GetProperty("value")}").Order(StringComparer.Ordinal));
        var metric = Assert.Single(server.Rest.Get($"logged-models/{id}")!.Value.GetProperty("model").GetProperty("data")
            .GetProperty("metrics").EnumerateArray());
        Assert.Equal(("val/loss", 0.25, 9), (metric.GetProperty("key").GetString(), metric.GetProperty("value").GetDouble(),
            metric.GetProperty("step").GetInt32()));
        Assert.False(models["other"].GetProperty("data").TryGetProperty("metrics", out _));

        var outputs = server.Rest.Get($"runs/get?run_id={view.Id}")!.Value.GetProperty("run").GetProperty("outputs")
            .GetProperty("model_outputs").EnumerateArray().ToDictionary(
                output => output.GetProperty("model_id").GetString()!, output => output.GetProperty("step").GetInt64());
        Assert.Equal(10, outputs[id]);
        Assert.Equal(2, outputs.Count);
        var place = best.GetProperty("info").GetProperty("artifact_uri").GetString()!;
        Assert.Equal("model", await server.Rest.DownloadAsync(place, "epoch%3D1-loss%3D0.25.ckpt"));
        using var known = JsonDocument.Parse(await server.Rest.DownloadAsync(place, "metadata.json"));
        Assert.Equal(10, known.RootElement.GetProperty("step").GetInt64());
    }

    [Fact]
    public async Task A_folder_that_is_shared_is_written_to_by_the_client()
    {
        using var shared = new TempFolder();
        var experiment = $"shared {Guid.NewGuid():N}";
        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = experiment,
            ArtifactLocation = new Uri(Path.Combine(shared.Path, "artifacts of é")).AbsoluteUri,
        });
        Directory.CreateDirectory(Path.Combine(shared.Path, "artifacts of é"));
        logger.LogText("note", "text", 1);
        logger.LogArtifact(shared.File("model.bin", "12345"), "deep/er/model.bin");
        await logger.SaveAsync();
        var view = Assert.Single(server.Find(experiment, run.Context));
        var root = Path.Combine(shared.Path, "artifacts of é", view.Id, "artifacts");
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(root, "text/note/step_000001.md")));
        Assert.Equal("12345", await File.ReadAllTextAsync(Path.Combine(root, "deep/er/model.bin")));
    }

    [Theory]
    [InlineData("s3://bucket/place", "'s3'")]
    [InlineData("file:///not/a/folder/of/this/machine", "a folder that this machine does not see")]
    public async Task Artifacts_that_lie_elsewhere_are_told_and_the_rest_is_logged(string location, string named)
    {
        using var files = new TempFolder();
        var experiment = $"elsewhere {Guid.NewGuid():N}";
        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = experiment,
            ArtifactLocation = location,
        });
        logger.LogText("note", "text", 1);
        logger.AfterSaveCheckpoint(new Checkpoint(files.File("a.ckpt", "model")) { Step = 1 });
        run.Log(logger, 1, new Metric("loss", 1));
        await logger.SaveAsync();
        Assert.Single(run.Reports, report => report.Contains(named, StringComparison.Ordinal));
        var found = server.Rest.Get($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(experiment)}");
        Assert.Equal(location, found!.Value.GetProperty("experiment").GetProperty("artifact_location").GetString());
        Assert.NotNull(logger.Bookmark);
    }

    private static string Search(RunView view) =>
        $$"""{"experiment_ids":["{{view.ExperimentId}}"],"filter":"source_run_id = '{{view.Id}}'"}""";

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class ArtifactTestsOfV2(StandInV2 server) : ArtifactTests(server), IClassFixture<StandInV2>;

public sealed class ArtifactTestsOfV3(StandInV3 server) : ArtifactTests(server), IClassFixture<StandInV3>;
