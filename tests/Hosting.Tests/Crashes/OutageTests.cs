using System.Globalization;
using PluginLoggers.Faults;
using PluginLoggers.Hosting.Tests.Logging;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>
/// A tracking server that is down, slow, or answers something else: nothing is lost, nothing doubled, and it costs nobody else
/// anything.
/// </summary>
public sealed class OutageTests : IAsyncLifetime, IDisposable
{
    private const string Page = "<html><body>502 Bad Gateway</body></html>";

    private readonly Lab _lab = new();
    private StandInServer _server = null!;
    private FaultProxy _proxy = null!;

    public static TheoryData<string> Kinds =>
        ["429", "429 in a second", "500", "HTML", "HTML as a success", "before", "after", "truncated", "close"];

    private string Loggers => $$"""
        "good": { "Type": "Recording" }, "mlflow": { "Type": "MLflow", "Options": { "TrackingUri": "{{_proxy.Address}}" } }
        """;

    public async Task InitializeAsync()
    {
        _server = await StandInServer.StartAsync(ServerVersion.V3);
        _proxy = await FaultProxy.StartAsync(_server.Address);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_server_that_is_down_for_a_whole_run_has_every_metric_once_after_sync()
    {
        const int Calls = 10_000;
        await _proxy.GoDownAsync();
        await using (var run = _lab.Open(Loggers))
        {
            Log(run, 0, Calls);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.Equal(Calls, _lab.Recording.Steps("good").Length);
            Assert.False(Lab.Delivery(run, "mlflow").IsComplete);
        }

        Assert.Empty(_server.Runs);
        Assert.Single(_lab.ToldOf("mlflow", "could not be reached"));
        Assert.Single(_lab.ToldOf("mlflow", "pluginloggers sync"));
        await _proxy.ComeUpAsync();
        var summary = Assert.Single(new RunLibrary(_lab.SaveDir).List());
        Assert.Contains(
            "could not be reached", summary.Deliveries.Single(delivery => delivery.Key == "mlflow").LastFailure, StringComparison.Ordinal);
        var result = await new RunSynchronizer(
            Hosting.Configuration.LoggersConfiguration.Read(_lab.Configuration(Loggers.Split(',', 2)[1])), _lab).SynchronizeAsync(summary);

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
        AssertHasEachOnce(Calls);
        Assert.Equal("FINISHED", Assert.Single(_server.Runs).Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_fails_for_a_time_is_there_once_afterwards(string kind)
    {
        const int Calls = 600;
        var fault = kind switch
        {
            "429" => Fault.Answer(429, retryAfter: "0"),
            "429 in a second" => Fault.Answer(429, retryAfter: "1"),
            "500" => Fault.Answer(500, """{"error_code":"INTERNAL_ERROR","message":"oops"}""", "application/json"),
            "HTML" => Fault.Answer(502, Page),
            "HTML as a success" => Fault.Answer(200, Page),
            "before" => Fault.ResetBefore,
            "after" => Fault.ResetAfterStoring,
            "truncated" => Fault.TruncatedAnswer,
            _ => Fault.CloseAfterwards,
        };
        await using (var run = _lab.Open(Loggers))
        {
            // While the run is created, while a batch is stored, and while that is sent again.
            _proxy.Inject(fault, route: "create", count: 2);
            Log(run, 0, Calls / 2);
            await Lab.DeliveredAsync(run);
            _proxy.Inject(fault, route: "log-batch", after: 1, count: 2);
            Log(run, Calls / 2, Calls);
            await Lab.DeliveredAsync(run);

            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
        }

        AssertHasEachOnce(Calls);
        Assert.Equal(Calls, _lab.Recording.Steps("good").Length);
        Assert.Equal("FINISHED", Assert.Single(_server.Runs).Status);
    }

    [Fact]
    public async Task A_slow_server_holds_nobody_up_and_has_everything_in_its_own_time()
    {
        var answers = new TaskCompletionSource();
        _proxy.Inject(Fault.Slow(answers.Task), count: int.MaxValue);
        await using var run = _lab.Open(Loggers);
        Log(run, 0, 500);
        await run.SaveAsync();
        await _proxy.Holding;
        while (!Lab.Delivery(run, "good").IsComplete)
        {
            await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
        }

        Assert.False(Lab.Delivery(run, "mlflow").IsComplete);
        answers.SetResult();
        await Lab.DeliveredAsync(run);
        AssertHasEachOnce(500);
    }

    /// <summary>The journal's length is what the backends are behind; memory is not a part of it.</summary>
    [Fact]
    public async Task The_memory_of_a_process_does_not_grow_with_what_its_backends_are_behind()
    {
        const string Loggers = """
            "down": { "Type": "MLflow", "Options": { "TrackingUri": "http://127.0.0.1:9" } },
            "fails": { "Type": "Misbehaving", "Options": { "Throw": [ "SaveAsync" ] } },
            "hangs": { "Type": "Misbehaving", "Options": { "Hang": [ "LogMetrics" ], "Signal": "never" } }
            """;
        using var site = new CrashSite(Loggers);
        using var process = LoggingProcess.Start(site.Configuration, "memory", 20_000);
        var memory = new List<long>();
        for (string? line; (line = await process.ReadLineAsync()) is not null;)
        {
            memory.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }

        Assert.Equal(5, memory.Count);
        var backlog = new FileInfo(site.Lab.State("0001.journal")).Length;
        Assert.InRange(backlog, 80_000_000, long.MaxValue);
        Assert.True(memory[1..].Max() - memory[0] < backlog / 4, string.Join(' ', memory));
    }

    /// <summary>Ten metrics a call.</summary>
    private static void Log(LightningRun run, int from, int to)
    {
        var metrics = new Metric[10];
        for (var step = from; step < to; step++)
        {
            for (var i = 0; i < metrics.Length; i++)
            {
                metrics[i] = new Metric($"m{i}", i == 0 && step % 100 == 50 ? double.NaN : step);
            }

            run.LogMetrics(metrics, step);
        }
    }

    private void AssertHasEachOnce(int calls)
    {
        var rows = Assert.Single(_server.Runs).Metrics.Select(row => (row.Key, row.Step)).ToList();
        Assert.Equal(10 * calls, rows.Count);
        Assert.Equal(10 * calls, rows.Distinct().Count());
    }
}
