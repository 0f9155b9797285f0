using System.Net;
using System.Net.Sockets;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.MLflow.Tests;

/// <summary>What is said, and done, when a server fails.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private StandInServer _server = null!;

    public async Task InitializeAsync() => _server = await StandInServer.StartAsync(ServerVersion.V3);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_down_is_named_with_the_cure()
    {
        var run = new TestRun($"http://127.0.0.1:{UnusedPort()}");
        var failure = await FailAsync(run);
        Assert.Contains(run.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains("GET experiments/get-by-name", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TrackingUri", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "You are not authenticated.", "MLFLOW_TRACKING_USERNAME")]
    [InlineData(403, "Permission denied", "right to write")]
    [InlineData(404, "<html><title>404</title><style>p{}</style><p>Not   Found</p></html>", "TrackingUri")]
    [InlineData(502, "<html><body><h1>Bad Gateway &amp; more</h1></body></html>", "kept")]
    [InlineData(500, """{"error_code":"INTERNAL_ERROR","message":"disk full"}""", "kept")]
    [InlineData(413, "<html></html>", "proxy")]
    public async Task An_error_is_summed_up_with_its_cure(int status, string body, string cure)
    {
        _server.Inject(Fault.Answer(status, body));
        var failure = await FailAsync(new TestRun(_server.Address));
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p{}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_page_is_not_repeated()
    {
        _server.Inject(Fault.Answer(500, new string('x', 1_000_000)));
        Assert.InRange((await FailAsync(new TestRun(_server.Address))).Message.Length, 1, 1000);
    }

    [Fact]
    public async Task A_page_with_status_200_is_not_taken_for_MLflow()
    {
        _server.Inject(Fault.Answer(200, "<html>Please sign in</html>"));
        Assert.Contains("sign-in page", (await FailAsync(new TestRun(_server.Address))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_sent_and_never_shown()
    {
        _server.Inject(Fault.Answer(401), after: 1);
        var run = new TestRun(_server.Address.Replace("http://", "http://me:s3cret@", StringComparison.Ordinal));
        var failure = await FailAsync(run);
        Assert.Equal("Basic bWU6czNjcmV0", _server.Arrivals[0].Authorization);
        Assert.DoesNotContain("s3cret", failure + string.Concat(run.Reports), StringComparison.Ordinal);
        await using var logger = run.Create();
        Assert.DoesNotContain("s3cret", logger.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_server_that_asks_to_wait_is_waited_for(int status)
    {
        _server.Inject(Fault.Answer(status, retryAfter: "20"), after: 2);
        var clock = new WatchedTime();
        var run = new TestRun(_server.Address);
        await using var logger = run.Create(clock: clock);
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync().AsTask();
        await clock.AdvanceWhenAwaitedAsync(TimeSpan.FromSeconds(20));
        await saving;
        Assert.Single(Assert.Single(_server.Runs).Metrics);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT")]
    [InlineData("nonsense")]
    public async Task A_server_that_asks_for_too_long_or_nonsense_is_left_to_the_host(string retryAfter)
    {
        _server.Inject(Fault.Answer(429, retryAfter: retryAfter));
        Assert.Contains("limits requests", (await FailAsync(new TestRun(_server.Address))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_after_the_timeout()
    {
        _server.Inject(Fault.Hang);
        var clock = new WatchedTime();
        var run = new TestRun(_server.Address);
        await using var logger = run.Create(clock: clock);
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync().AsTask();
        await _server.Hanging;
        await clock.AdvanceWhenAwaitedAsync(TimeSpan.FromSeconds(30));
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(() => saving);
        Assert.Contains("within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_that_is_cancelled_ends_at_once()
    {
        _server.Inject(Fault.Hang);
        using var cancel = new CancellationTokenSource();
        var run = new TestRun(_server.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync(cancel.Token).AsTask();
        await _server.Hanging;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);

        await logger.SaveAsync();
        Assert.Single(Assert.Single(_server.Runs).Metrics);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        _server.Inject(Fault.Answer(302));
        Assert.Contains("TrackingUri", (await FailAsync(new TestRun(_server.Address))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_the_server_refuses_alone_can_never_be_taken_and_one_among_others_is_an_outage()
    {
        const string Refusal = """{"error_code":"INVALID_PARAMETER_VALUE","message":"Invalid value \"x\" for parameter 'metrics[0].name' supplied"}""";
        var run = new TestRun(_server.Address);
        _server.Inject(Fault.Answer(400, Refusal, "application/json"), count: 2, route: "log-batch");
        await using (var logger = run.Create())
        {
            run.Log(logger, 1, new Metric("a", 1));
            run.Log(logger, 2, new Metric("b", 1));
            await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
        }

        await using (var logger = run.Create())
        {
            run.Log(logger, 1, new Metric("a", 1));
            await Assert.ThrowsAsync<LoggerRejectedException>(async () => await logger.SaveAsync());
        }
    }

    [Fact]
    public void A_record_from_before_1970_can_never_be_taken()
    {
        var run = new TestRun(_server.Address);
        using var logger = run.Create();
        run.Time.Now = DateTimeOffset.UnixEpoch.AddMilliseconds(-1);
        Assert.Throws<LoggerRejectedException>(() => logger.LogMetrics([new Metric("loss", 1)], 0));
    }

    [Fact]
    public async Task A_status_that_the_server_ignores_is_not_taken_for_recorded()
    {
        _server.Inject(Fault.Answer(200, """{"run_info":{"run_id":"r","experiment_id":"1","status":"RUNNING"}}""", "application/json"), route: "runs/update");
        var run = new TestRun(_server.Address);
        await using var logger = run.Create();
        await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.FinalizeAsync(RunStatus.Finished));
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_server_before_there_is_something_to_send()
    {
        await using var logger = new TestRun(_server.Address).Create();
        await logger.SaveAsync();
        Assert.Empty(_server.Arrivals);
        Assert.Null(logger.Bookmark);
    }

    [Fact]
    public async Task A_large_file_is_streamed()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "large.ckpt");
        const long Length = 256L * 1024 * 1024;
        await using (var file = File.Create(path))
        {
            file.SetLength(Length);
        }

        var run = new TestRun(_server.Address);
        await using var logger = run.Create();
        logger.LogArtifact(path);
        await logger.SaveAsync();
        Assert.Equal(Length, _server.ArtifactsOf(Assert.Single(_server.Runs))["large.ckpt"].Length);
    }

    private static async Task<TrackingRequestException> FailAsync(TestRun run)
    {
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        return await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
    }

    /// <summary>A port that was free a moment ago, and on which nobody listens.</summary>
    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
