using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>
/// A run that was ended, reopened and resumed, has records of all sorts, new columns and records that one backend refuses, and was
/// delivered without a disturbance. Other deliveries of its journals are compared with that one.
/// </summary>
internal sealed class DeliveredRun : IAsyncDisposable
{
    private const string Files = """
        "csv": { "Type": "Csv" }, "tidy": { "Type": "Csv", "Options": { "Layout": "Tidy" } }, "tensorboard": { "Type": "TensorBoard" },
        "picky": { "Type": "Misbehaving", "Options": { "Reject": "bad" } }
        """;

    private readonly Lab _lab = new();
    private readonly StandInServer _server;

    private DeliveredRun(StandInServer server) => _server = server;

    /// <summary>The run's folder.</summary>
    public string Folder => _lab.File("version_0");

    public string[] OnServer => ServerContent.Of(_server);

    /// <summary>Backends that write files, and the stand-in if there is one.</summary>
    public static string Loggers(StandInServer? server) => server is null
        ? Files
        : Files + $$""", "mlflow": { "Type": "MLflow", "Options": { "TrackingUri": "{{server.Address}}" } } """;

    public static async Task<DeliveredRun> CreateAsync()
    {
        var run = new DeliveredRun(await StandInServer.StartAsync(ServerVersion.V3));
        await run.LogAsync();
        return run;
    }

    /// <summary>A copy of the journals in a new place, to which nothing was delivered.</summary>
    public CrashSite Undelivered(StandInServer? server = null)
    {
        var site = new CrashSite(Loggers(server));
        site.Take(Folder, file => file.EndsWith(".journal", StringComparison.Ordinal) || Path.GetFileName(file) == "run.json");
        if (server is not null)
        {
            // As if the run had been logged to that one.
            var record = site.Lab.State("run.json");
            File.WriteAllText(record, File.ReadAllText(record).Replace(_server.Address, server.Address, StringComparison.Ordinal));
        }

        return site;
    }

    public async ValueTask DisposeAsync()
    {
        _lab.Dispose();
        await _server.DisposeAsync();
    }

    private async Task LogAsync()
    {
        var loggers = Loggers(_server);
        await using (var run = _lab.Open(loggers))
        {
            run.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1, ["layers"] = 2 });
            for (var i = 0; i < 5; i++)
            {
                run.LogMetric("loss", 1.0 / (i + 1));
            }

            run.LogMetric("loss", double.NaN);
            run.LogText("note", "the first");
            run.LogMetric("bad", 1);
            await run.FinalizeAsync(RunStatus.Finished);
            run.LogMetrics([("loss", 0.1), ("acc", 0.5), ("bad", 2), ("bad too", 3)]);
            run.LogHyperparams(
                new Dictionary<string, object?> { ["lr"] = 0.2, ["batch"] = 32 }, new Dictionary<string, double> { ["best"] = 0.5 });
            await run.FinalizeAsync(RunStatus.Failed);
        }

        await using (var run = _lab.Resume(loggers))
        {
            run.LogMetric("acc", 0.75);
            run.LogMetric("late", 1);
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
        }
    }
}
