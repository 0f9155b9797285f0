using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests.Delivery;

/// <summary>A backend that fails disturbs neither training nor the others, is told, and has everything when it works again.</summary>
public sealed class FailingBackendTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("LogMetrics")]
    [InlineData("SaveAsync")]
    [InlineData("FinalizeAsync")]
    [InlineData("Bookmark")]
    public async Task A_member_that_throws_for_a_time_costs_nothing(string member)
    {
        await using var run = _lab.Open($$"""
            "good": { "Type": "Recording" },
            "bad": { "Type": "Misbehaving", "Options": { "Throw": [ "{{member}}" ], "ThrowTimes": 2 } }
            """);
        for (var i = 0; i < 300; i++)
        {
            run.LogMetric("loss", i);
        }

        await Lab.DeliveredAsync(run);
        await run.FinalizeAsync(RunStatus.Finished);
        await Lab.DeliveredAsync(run);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), _lab.Recording.Steps("good"));
        Assert.Equal([.. Enumerable.Range(0, 300).Select(i => $"{i} loss {i}"), "Finished"], _lab.Lines("bad"));
        Assert.Single(_lab.ToldOf("bad", $"{member} fails"));
        Assert.Single(_lab.ToldOf("bad", "works again; what"));
        Assert.Equal(2, Lab.Delivery(run, "bad").Failures);
        Assert.Null(Lab.Delivery(run, "bad").LastFailure);
    }

    [Fact]
    public async Task One_that_cannot_be_created_again_or_disposed_has_everything_later()
    {
        var saves = 0;
        var creations = 0;
        _lab.Recording.Created = (context, logger) =>
        {
            if (context.Key == "bad")
            {
                logger.FailSave = () => ++saves is 2 or 3 ? new IOException("The server is down.") : null;
                if (++creations is 2 or 3)
                {
                    throw new IOException("It cannot be created.");
                }
            }
        };
        await using var run = _lab.Open(""" "good": { "Type": "Recording" }, "bad": { "Type": "Recording" } """);
        for (var i = 0; i < 5; i++)
        {
            run.LogMetric("loss", i);
            await Lab.DeliveredAsync(run);
        }

        Assert.Equal([0, 1, 2, 3, 4], _lab.Recording.Steps("bad"));
        Assert.Equal([0, 1, 2, 3, 4], _lab.Recording.Steps("good"));
        Assert.Single(_lab.ToldOf("bad", "The server is down."));
        Assert.Single(_lab.ToldOf("bad", "It cannot be created."));
        Assert.All(_lab.Recording.Of("bad").SkipLast(1), logger => Assert.True(logger.IsDisposed));
    }

    [Fact]
    public async Task One_that_throws_when_it_is_disposed_is_replaced_all_the_same()
    {
        await using var run = _lab.Open("""
            "bad": { "Type": "Misbehaving", "Options": { "Throw": [ "SaveAsync", "DisposeAsync" ], "ThrowTimes": 1 } }
            """);
        run.LogMetric("loss", 0.5);
        await Lab.DeliveredAsync(run);
        Assert.Equal(["0 loss 0.5"], _lab.Lines("bad"));
    }

    [Fact]
    public async Task One_without_bookmarks_has_everything_at_least_once()
    {
        await using (var run = _lab.Open("""
            "bad": { "Type": "Misbehaving", "Options": { "Throw": [ "LogMetrics" ], "ThrowTimes": 1, "Bookmarks": false } }
            """))
        {
            for (var i = 0; i < 20; i++)
            {
                run.LogMetric("loss", i);
            }

            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
        }

        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"{i} loss {i}"), "Finished"], _lab.Lines("bad").Distinct());
    }

    [Fact]
    public async Task Those_that_hang_are_left_behind_and_have_everything_after_a_resume()
    {
        using var signal = new ManualResetEvent(false);
        using var entered = new SemaphoreSlim(0);
        AppContext.SetData(nameof(FailingBackendTests), signal);
        AppContext.SetData(nameof(FailingBackendTests) + ".Entered", entered);
        _lab.StallTimeout = "00:00:00.2";
        string[] members = ["LogMetrics", "SaveAsync", "FinalizeAsync", "DisposeAsync"];
        var loggers = """ "good": { "Type": "Recording" } """ + string.Concat(members.Select(member => $$"""
            , "{{member}}": { "Type": "Misbehaving", "Options": {
                "Hang": [ "{{member}}" ], "Signal": "{{nameof(FailingBackendTests)}}",
                "Throw": [ "SaveAsync" ], "ThrowTimes": {{(member == "DisposeAsync" ? 1 : 0)}} } }
            """));
        var run = _lab.Open(loggers);
        for (var i = 0; i < 50; i++)
        {
            run.LogMetric("loss", i);
        }

        // The timeouts are an hour: nobody waits for what does not move.
        Assert.False(await run.WaitForDeliveryAsync(TimeSpan.FromHours(1)));
        await run.FinalizeAsync(RunStatus.Finished);
        foreach (var _ in members)
        {
            await entered.WaitAsync();
        }

        while (!Lab.Delivery(run, "good").IsComplete)
        {
            await run.WaitForDeliveryAsync(TimeSpan.FromHours(1));
        }

        await run.DisposeAsync();

        Assert.Equal(50, _lab.Recording.Steps("good").Length);
        Assert.Equal([RunStatus.Finished], _lab.Recording.Statuses("good"));
        Assert.All(members, member =>
        {
            Assert.Single(_lab.ToldOf(member, "does not return from a call"));
            Assert.Single(_lab.ToldOf(member, "are not delivered"));
            Assert.False(Lab.Delivery(run, member).IsComplete);
            var later = Assert.Single(new RunLibrary(_lab.SaveDir).List().Single().Deliveries, delivery => delivery.Key == member);
            Assert.Contains("did not return from a call", later.LastFailure, StringComparison.Ordinal);
        });

        // They come back when the run is no longer ours: what they do then must not count.
        var before = CursorFiles();
        signal.Set();
        Assert.All(run.Session.Loops, loop => loop.Join(Timeout.InfiniteTimeSpan));
        Assert.Equal(before, CursorFiles());

        await _lab.DeliverAsync(loggers);
        Assert.All(
            members, member => Assert.Equal([.. Enumerable.Range(0, 50).Select(i => $"{i} loss {i}"), "Finished"], _lab.Lines(member)));

        string[] CursorFiles() =>
            [.. members.Select(member => _lab.State(member + ".cursor.json")).Where(File.Exists).Select(File.ReadAllText)];
    }

    [Fact]
    public async Task A_hang_is_told_while_the_run_goes_on()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        _lab.Time = time;
        _lab.Recording.Created = (context, logger) => logger.FailLog = _ =>
        {
            entered.Set();
            release.Wait();
            return null;
        };
        await using var run = _lab.Open(""" "slow": { "Type": "Recording" } """);
        run.LogMetric("loss", 1);
        entered.Wait();

        time.Advance(TimeSpan.FromSeconds(59));
        var (early, toldEarly) = (Lab.Delivery(run, "slow").Hangs, _lab.Told.Length);
        time.Advance(TimeSpan.FromSeconds(11));
        var (late, toldLate) = (Lab.Delivery(run, "slow").Hangs, _lab.ToldOf("slow", "does not return from a call").Length);
        release.Set();
        Assert.Equal((false, 0), (early, toldEarly));
        Assert.Equal((true, 1), (late, toldLate));
        await Lab.DeliveredAsync(run);
        Assert.Equal([0], _lab.Recording.Steps("slow"));
    }

    [Fact]
    public async Task One_that_is_slow_does_not_hang()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        _lab.Time = time;
        _lab.Recording.Created = (_, logger) => logger.FailLog = _ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return null;
        };
        await using var run = _lab.Open(""" "slow": { "Type": "Recording" } """);
        for (var i = 0; i < 300; i++)
        {
            run.LogMetric("loss", i);
        }

        Assert.True(await run.WaitForDeliveryAsync("slow", Timeout.InfiniteTimeSpan));
        Assert.Equal(300, _lab.Recording.Steps("slow").Length);
        Assert.Empty(_lab.Told);
    }

    [Fact]
    public async Task A_shutdown_timeout_of_zero_waits_for_nobody()
    {
        _lab.ShutdownTimeout = "00:00:00";
        using var release = new ManualResetEventSlim();
        _lab.Recording.Created = (_, logger) => logger.FailSave = () =>
        {
            release.Wait();
            return null;
        };
        await using var run = _lab.Open(""" "slow": { "Type": "Recording" } """);
        run.LogMetric("loss", 1);
        await run.FinalizeAsync(RunStatus.Finished);
        Assert.False(Assert.Single(run.Deliveries).IsComplete);
        release.Set();
        await Lab.DeliveredAsync(run);
    }

    [Fact]
    public async Task A_wait_for_delivery_can_be_cancelled()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        _lab.Recording.Created = (_, logger) => logger.FailSave = () =>
        {
            entered.Set();
            release.Wait();
            return null;
        };
        await using var run = _lab.Open(""" "slow": { "Type": "Recording" } """);
        run.LogMetric("loss", 1);
        var wait = run.WaitForDeliveryAsync(TimeSpan.FromHours(1), cancellation.Token);
        entered.Wait();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        release.Set();
    }

    [Fact]
    public async Task What_it_does_when_a_save_is_cancelled_keeps_nobody_who_closes_the_run()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new CountdownEvent(2);
        _lab.ShutdownTimeout = "00:00:00";
        var services = _lab.Services(""" "throws": { "Type": "Cancelled" }, "blocks": { "Type": "Cancelled" } """, setup: setup =>
        {
            _lab.Setup(setup);
            setup.Plugins.Add(new CancelledPlugin((key, token) =>
            {
                token.Register(() =>
                {
                    if (key == "throws")
                    {
                        throw new InvalidOperationException("The plug-in's callback fails.");
                    }

                    release.Wait();
                });
                entered.Signal();
                release.Wait(CancellationToken.None);
            }));
        });
        var run = services.GetRequiredService<LightningRun>();
        run.LogMetric("loss", 1);
        entered.Wait();

        // On a thread of its own: whoever is kept there is found waiting.
        await Task.Run(async () => await run.DisposeAsync()).WaitAsync(TimeSpan.FromSeconds(60));

        release.Set();
        Assert.All(run.Session.Loops, loop => loop.Join(Timeout.InfiniteTimeSpan));
        await using var again = _lab.Resume("");
    }

    [Fact]
    public async Task Output_that_is_shorter_than_its_bookmark_is_delivered_anew()
    {
        const string Loggers = """ "bad": { "Type": "Misbehaving" } """;
        await using (var run = _lab.Open(Loggers))
        {
            run.LogMetric("loss", 1);
            run.LogMetric("loss", 2);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await File.WriteAllTextAsync(_lab.File("version_0", "bad", "records.txt"), "0 lo");
        await using (var run = _lab.Resume(Loggers))
        {
            run.LogMetric("loss", 3);
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
            Assert.Equal(3, Lab.Delivery(run, "bad").DeliveredRecords);
        }

        Assert.Equal(["0 loss 1", "1 loss 2", "Finished", "Running", "2 loss 3", "Finished"], _lab.Lines("bad"));
        Assert.Single(_lab.ToldOf("bad", "The whole run is delivered to it anew."));
    }

    [Fact]
    public async Task Output_that_is_cut_short_again_and_again_is_delivered_anew_each_time()
    {
        await using var run = _lab.Open(""" "bad": { "Type": "Misbehaving" } """);
        for (var i = 0; i < 4; i++)
        {
            run.LogMetric("loss", i);
            await Lab.DeliveredAsync(run);
            Assert.Equal(Enumerable.Range(0, i + 1).Select(step => $"{step} loss {step}"), _lab.Lines("bad"));
            Assert.Equal(i, Lab.Delivery(run, "bad").Failures);
            await File.WriteAllTextAsync(_lab.File("version_0", "bad", "records.txt"), "0 lo");
        }
    }

    [Fact]
    public async Task A_record_is_delivered_at_the_time_when_it_was_logged()
    {
        var time = new SettableTime();
        _lab.Time = time;
        await using var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        var first = time.Now;
        run.LogMetric("loss", 1);
        await run.SaveAsync();
        time.Now = first.AddHours(1);
        run.LogMetric("loss", 2);
        await Lab.DeliveredAsync(run);
        Assert.Equal([first, first.AddHours(1)], _lab.Recording.Saved("r").Select(record => record.Time));
    }

    /// <summary>Its loggers do with each save what the test wants.</summary>
    [LoggerPlugin("Cancelled")]
    private sealed class CancelledPlugin(Action<string, CancellationToken> save) : ILoggerPlugin<object>
    {
        public ILightningLogger Create(object options, LoggerContext context) => new CancelledLogger(save, context);
    }

    private sealed class CancelledLogger(Action<string, CancellationToken> save, LoggerContext context) : LightningLoggerBase(context)
    {
        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
        }

        protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
        {
            save(Context!.Key, cancellationToken);
            return ValueTask.CompletedTask;
        }
    }
}
