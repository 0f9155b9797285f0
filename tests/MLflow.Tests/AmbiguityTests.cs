using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.MLflow.Tests;

/// <summary>
/// A failure at each request of a run's life, delivered as a host does it: a new instance, from the stored bookmark, is given everything
/// after it again.
/// </summary>
public sealed class AmbiguityTests
{
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["reset after storing"] = Fault.ResetAfterStoring,
        ["reset before storing"] = Fault.ResetBefore,
        ["502 of a proxy"] = Fault.Answer(502, "<html><body><h1>Bad Gateway</h1></body></html>"),
        ["429 without a time"] = Fault.Answer(429),
    };

    public static TheoryData<ServerVersion, string> Cases
    {
        get
        {
            var cases = new TheoryData<ServerVersion, string>();
            foreach (var fault in Faults.Keys)
            {
                cases.Add(ServerVersion.V2, fault);
                cases.Add(ServerVersion.V3, fault);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task One_run_with_each_point_once_and_the_right_end(ServerVersion version, string fault)
    {
        using var files = new TempFolder();
        var file = files.File("model.ckpt", "model");
        var (expected, requests) = await LiveAsync(version, file, fault: null, at: 0);
        for (var at = 0; at < requests; at++)
        {
            var (found, _) = await LiveAsync(version, file, Faults[fault], at);
            Assert.Equal(expected, found);
        }

        Assert.True(requests > 15, $"The life of a run had {requests} requests only.");
    }

    [Theory]
    [InlineData(ServerVersion.V2)]
    [InlineData(ServerVersion.V3)]
    public async Task Two_failures_in_a_row_change_nothing_either(ServerVersion version)
    {
        using var files = new TempFolder();
        var file = files.File("model.ckpt", "model");
        var (expected, requests) = await LiveAsync(version, file, fault: null, at: 0);
        for (var at = 0; at < requests; at++)
        {
            var (found, _) = await LiveAsync(version, file, Fault.ResetAfterStoring, at, count: 2);
            Assert.Equal(expected, found);
        }
    }

    /// <summary>
    /// A whole run, with a fault at one of its requests; gives what the server holds in the end, as lines, and how many requests it took.
    /// </summary>
    private static async Task<(string[] Lines, int Requests)> LiveAsync(ServerVersion version, string file, Fault? fault, int at,
        int count = 1)
    {
        await using var server = await StandInServer.StartAsync(version);
        if (fault is not null)
        {
            server.Inject(fault, after: at, count);
        }

        var run = new TestRun(server.Address);
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

        return (Describe(server), server.Arrivals.Count);
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
            logger.AfterSaveCheckpoint(new Checkpoint(file) { Step = 1 });
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

    private static string[] Describe(StandInServer server)
    {
        var experiment = Assert.Single(server.Experiments, experiment => experiment.Name == TestRun.Experiment);
        var run = Assert.Single(server.Runs);
        Assert.Equal(experiment.Id, run.ExperimentId);
        return
        [
            $"{run.Name} {run.Status} {run.StartTime} {run.EndTime}",
            .. run.Params.Select(param => $"param {param.Key} = {param.Value}").Order(StringComparer.Ordinal),
            .. run.Tags.Where(tag => tag.Key != "pluginloggers.run_id").Select(tag => $"tag {tag.Key} = {tag.Value}")
                .Order(StringComparer.Ordinal),
            .. run.Metrics.Select(row => FormattableString.Invariant($"metric {row.Key} [{row.Step}] = {row.Value:R} at {row.Timestamp}"))
                .Order(StringComparer.Ordinal),
            .. server.ArtifactsOf(run).Where(artifact => !artifact.Key.StartsWith("images/", StringComparison.Ordinal))
                .Select(artifact => $"artifact {artifact.Key} of {artifact.Value.Length}").Order(StringComparer.Ordinal),
            $"{server.ArtifactsOf(run).Keys.Count(path => path.StartsWith("images/", StringComparison.Ordinal))} images",
        ];
    }
}
