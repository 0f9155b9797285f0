using PluginLoggers.Faults;

namespace PluginLoggers.MLflow.Tests;

/// <summary>What is said, and done, when a server fails, whichever it is: the faults come from a proxy before it.</summary>
public abstract class FailureTests(ServerFixture server) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await FaultProxy.StartAsync(server.Address);

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_down_is_named_with_the_cure()
    {
        await _proxy.GoDownAsync();
        var run = new TestRun(_proxy.Address);
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
        _proxy.Inject(Fault.Answer(status, body));
        var failure = await FailAsync(new TestRun(_proxy.Address));
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p{}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_page_is_not_repeated()
    {
        _proxy.Inject(Fault.Answer(500, new string('x', 1_000_000)));
        Assert.InRange((await FailAsync(new TestRun(_proxy.Address))).Message.Length, 1, 1000);
    }

    [Fact]
    public async Task A_page_with_status_200_is_not_taken_for_MLflow()
    {
        _proxy.Inject(Fault.Answer(200, "<html>Please sign in</html>"));
        Assert.Contains("sign-in page", (await FailAsync(new TestRun(_proxy.Address))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_sent_and_never_shown()
    {
        _proxy.Inject(Fault.Answer(401), after: 1);
        var run = new TestRun(_proxy.Address.Replace("http://", "http://me:s3cret@", StringComparison.Ordinal));
        var failure = await FailAsync(run);
        Assert.Equal("Basic bWU6czNjcmV0", _proxy.Requests[0].Authorization);
        Assert.DoesNotContain("s3cret", failure + string.Concat(run.Reports), StringComparison.Ordinal);
        await using var logger = run.Create();
        Assert.DoesNotContain("s3cret", logger.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_go_in_clear_to_another_machine_are_told_once_and_not_shown()
    {
        var run = new TestRun("http://me:s3cret@mlflow.invalid:5000");
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
            Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
        }

        Assert.Single(run.Reports, report => report.StartsWith("The credentials for MLflow go to http://mlflow.invalid:5000 unencrypted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_server_that_asks_to_wait_is_waited_for(int status)
    {
        _proxy.Inject(Fault.Answer(status, retryAfter: "20"), after: 2);
        var clock = new WatchedTime();
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create(clock: clock);
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync().AsTask();
        await clock.AdvanceWhenAwaitedAsync(TimeSpan.FromSeconds(20));
        await saving;
        Assert.Single(Single(run).Points);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT")]
    [InlineData("nonsense")]
    public async Task A_server_that_asks_for_too_long_or_nonsense_is_left_to_the_host(string retryAfter)
    {
        _proxy.Inject(Fault.Answer(429, retryAfter: retryAfter));
        Assert.Contains("limits requests", (await FailAsync(new TestRun(_proxy.Address))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_after_the_timeout()
    {
        _proxy.Inject(Fault.Hang);
        var clock = new WatchedTime();
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create(clock: clock);
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync().AsTask();
        await _proxy.Holding;
        await clock.AdvanceWhenAwaitedAsync(TimeSpan.FromSeconds(30));
        var failure = await Assert.ThrowsAsync<TrackingRequestException>(() => saving);
        Assert.Contains("within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_that_is_cancelled_ends_at_once()
    {
        _proxy.Inject(Fault.Hang);
        using var cancel = new CancellationTokenSource();
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync(cancel.Token).AsTask();
        await _proxy.Holding;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);

        await logger.SaveAsync();
        Assert.Single(Single(run).Points);
    }

    [Theory]
    [InlineData(302, null)]
    [InlineData(303, "/sign-in?secret=s3cret")]
    public async Task A_redirect_that_is_none_of_an_API_is_told_and_not_followed(int status, string? location)
    {
        _proxy.Inject(Fault.Answer(status, location: location));
        var failure = await FailAsync(new TestRun(_proxy.Address));
        Assert.Contains("TrackingUri", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
        Assert.Single(_proxy.Requests);
    }

    [Fact]
    public async Task A_record_that_the_server_refuses_alone_can_never_be_taken_and_one_among_others_is_an_outage()
    {
        const string Refusal = """{"error_code":"INVALID_PARAMETER_VALUE","message":"Invalid value \"x\" for parameter 'metrics[0].name' supplied"}""";
        var run = new TestRun(_proxy.Address);
        _proxy.Inject(Fault.Answer(400, Refusal, "application/json"), count: 2, route: "log-batch");
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
    public async Task A_server_that_closes_each_connection_is_spoken_to_anew()
    {
        _proxy.Inject(Fault.CloseAfterwards, count: int.MaxValue);
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        await logger.FinalizeAsync(RunStatus.Finished);
        Assert.Equal("FINISHED", Single(run).Status);
        Assert.Equal(_proxy.Requests.Count, _proxy.Requests.Select(request => request.Connection).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_is_slow_is_waited_for_within_the_timeout()
    {
        var goOn = new TaskCompletionSource();
        _proxy.Inject(Fault.Slow(goOn.Task));
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        var saving = logger.SaveAsync().AsTask();
        await _proxy.Holding;
        Assert.False(saving.IsCompleted);
        goOn.SetResult();
        await saving;
        Assert.Single(Single(run).Points);
    }

    [Fact]
    public void A_record_from_before_1970_can_never_be_taken()
    {
        var run = new TestRun(_proxy.Address);
        using var logger = run.Create();
        run.Time.Now = DateTimeOffset.UnixEpoch.AddMilliseconds(-1);
        Assert.Throws<LoggerRejectedException>(() => logger.LogMetrics([new Metric("loss", 1)], 0));
    }

    [Fact]
    public async Task A_status_that_the_server_ignores_is_not_taken_for_recorded()
    {
        _proxy.Inject(Fault.Answer(200, """{"run_info":{"run_id":"r","experiment_id":"1","status":"RUNNING"}}""", "application/json"), route: "runs/update");
        var run = new TestRun(_proxy.Address);
        await using var logger = run.Create();
        await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.FinalizeAsync(RunStatus.Finished));
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_server_before_there_is_something_to_send()
    {
        await using var logger = new TestRun(_proxy.Address).Create();
        await logger.SaveAsync();
        Assert.Empty(_proxy.Requests);
        Assert.Null(logger.Bookmark);
    }

    private static async Task<TrackingRequestException> FailAsync(TestRun run)
    {
        await using var logger = run.Create();
        run.Log(logger, 1, new Metric("loss", 1));
        return await Assert.ThrowsAsync<TrackingRequestException>(async () => await logger.SaveAsync());
    }

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class FailureTestsOfV2(StandInV2 server) : FailureTests(server), IClassFixture<StandInV2>;

public sealed class FailureTestsOfV3(StandInV3 server) : FailureTests(server), IClassFixture<StandInV3>;
