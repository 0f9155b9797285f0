using PluginLoggers.Faults;

namespace PluginLoggers.MLflow.Tests;

/// <summary>
/// A failure at each request of a run's life, delivered as a host does it: a new instance, from the stored bookmark, is given everything
/// after it again.
/// </summary>
public abstract class AmbiguityTests(ServerFixture server)
{
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["reset after storing"] = Fault.ResetAfterStoring,
        ["reset before storing"] = Fault.ResetBefore,
        ["an answer that is cut"] = Fault.TruncatedAnswer,
        ["502 of a proxy"] = Fault.Answer(502, "<html><body><h1>Bad Gateway</h1></body></html>"),
        ["429 without a time"] = Fault.Answer(429),
        ["a sign-in page that says 200"] = Fault.Answer(200, "<html><body>Please sign in</body></html>"),
        ["an empty answer that says 200"] = Fault.Answer(200),
    };

    public static TheoryData<string> Cases => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task One_run_with_each_point_once_and_the_right_end(string fault)
    {
        using var files = new TempFolder();
        var file = files.File("model.ckpt", "model");
        var (expected, requests) = await LiveAsync(file, fault: null, at: 0);
        for (var at = 0; at < requests; at++)
        {
            var (found, _) = await LiveAsync(file, Faults[fault], at);
            Assert.Equal(expected, found);
        }

        Assert.True(requests > 15, $"The life of a run had {requests} requests only.");
    }

    [Fact]
    public async Task Two_failures_in_a_row_change_nothing_either()
    {
        using var files = new TempFolder();
        var file = files.File("model.ckpt", "model");
        var (expected, requests) = await LiveAsync(file, fault: null, at: 0);
        for (var at = 0; at < requests; at++)
        {
            var (found, _) = await LiveAsync(file, Fault.ResetAfterStoring, at, count: 2);
            Assert.Equal(expected, found);
        }
    }

    /// <summary>
    /// A whole run, with a fault at one of its requests; gives what the server holds in the end, as lines, and how many requests it took.
    /// </summary>
    private async Task<(string[] Lines, int Requests)> LiveAsync(string file, Fault? fault, int at, int count = 1)
    {
        await using var proxy = await FaultProxy.StartAsync(server.Address);
        if (fault is not null)
        {
            proxy.Inject(fault, after: at, count);
        }

        var run = new TestRun(proxy.Address);
        string? bookmark = null;
        foreach (var batch in Batches(run, file))
        {
            for (var saved = false; !saved;)
            {
                await using var logger = run.Create(bookmark);
                try
                {
                    await batch(logger);
                    bookmark = logger.Bookmark;
                    saved = true;
                }
                catch (TrackingRequestException)
                {
                }
            }
        }

        return (Describe(run), proxy.Requests.Count);
    }

    private static Func<MLflowLogger, Task>[] Batches(TestRun run, string file) =>
    [
        async logger =>
        {
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1, ["layers"] = 3L });
            run.Log(logger, 0, [.. Enumerable.Range(0, 130).Select(i => new Metric($"m{i:D3}", i % 60 == 0 ? double.NaN : i))]);
            await logger.SaveAsync();
        },
        async logger =>
        {
            logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.2 });
            run.Log(logger, 1, new Metric("loss", 1), new Metric("loss", double.NaN), new Metric("loss", double.NegativeInfinity));
            logger.LogText("note", "text", 1);
            logger.LogImage("digit", ImageData.FromPixels(new byte[4], 2, 2, 1), 1);
            logger.LogTable("table", new TableData(["a"], [[1L]]), 1);
            logger.LogDataset(new DatasetInfo("data"));
            logger.AfterSaveCheckpoint(new Checkpoint(file) { Step = 1, Metric = "loss", Score = 1 });
            await logger.SaveAsync();
        },
        async logger =>
        {
            run.Log(logger, 2, new Metric("loss", double.NaN));
            await logger.FinalizeAsync(RunStatus.Failed);
        },
        async logger =>
        {
            await logger.FinalizeAsync(RunStatus.Running);
        },
        async logger =>
        {
            run.Log(logger, 3, new Metric("test/acc", 1));
            await logger.FinalizeAsync(RunStatus.Finished);
        },
    ];

    private string[] Describe(TestRun run)
    {
        // Of every state: a run that was made twice and then deleted would be one too many as well.
        var view = Assert.Single(server.Rest.FindAll(run.Experiment));
        return
        [
            $"{view.Name} {view.Status} {view.StartTime} {view.EndTime}",
            .. view.Params.Select(param => $"param {param.Key} = {param.Value}").Order(StringComparer.Ordinal),
            .. view.Tags.Where(tag => tag.Key != "pluginloggers.run_id").Select(tag => $"tag {tag.Key} = {tag.Value}")
                .Order(StringComparer.Ordinal),
            .. view.Points.Select(
                point => FormattableString.Invariant($"metric {point.Name} [{point.Step}] = {point.Value:R} at {point.Time:O}"))
                .Order(StringComparer.Ordinal),
            .. view.Artifacts.Where(artifact => !artifact.Key.StartsWith("images/", StringComparison.Ordinal))
                .Select(artifact => $"artifact {artifact.Key} of {artifact.Value}").Order(StringComparer.Ordinal),
            $"{view.Artifacts.Keys.Count(path => path.StartsWith("images/", StringComparison.Ordinal))} images",
            .. ModelsOf(view),
        ];
    }

    /// <summary>Where the server has logged models: each with its status, and how often the run is linked to it.</summary>
    private IEnumerable<string> ModelsOf(RunView view)
    {
        var search = $$"""{"experiment_ids":["{{view.ExperimentId}}"],"filter":"source_run_id = '{{view.Id}}'"}""";
        if (server.Rest.Post("logged-models/search", search) is not { } found)
        {
            return [];
        }

        var outputs = server.Rest.Get($"runs/get?run_id={view.Id}")!.Value.GetProperty("run").GetProperty("outputs")
            .GetProperty("model_outputs").EnumerateArray().Select(output => output.GetProperty("model_id").GetString()).ToList();
        return found.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("info")).Select(info =>
            $"model {info.GetProperty("name")} {info.GetProperty("status")} {outputs.Count(id => id == info.GetProperty("model_id").GetString())}");
    }
}

public sealed class AmbiguityTestsOfV2(StandInV2 server) : AmbiguityTests(server), IClassFixture<StandInV2>;

public sealed class AmbiguityTestsOfV3(StandInV3 server) : AmbiguityTests(server), IClassFixture<StandInV3>;
