using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    [Fact]
    public virtual async Task Nothing_touches_the_output_before_it_is_saved()
    {
        var run = NewRun();
        await using var logger = Create(run);
        _ = (logger.Name, logger.Version, logger.SaveDir, logger.Location, logger.GroupSeparator, logger.Features, logger.Bookmark);
        Deliver(logger, [MetricsCall.Of(0, "loss", 0.5), MetricsCall.Of(1, "loss", 0.25)]);
        LogEverything(logger);

        Assert.Empty(_folder.Read());
        Assert.Empty(ReadMetrics(run));
    }

    [Fact]
    public virtual async Task What_is_saved_is_there()
    {
        MetricsCall[] calls =
            [new(0, 0, new("loss", 0.5), new("acc", 0.25)), new(1, 1, new("loss", 0.375), new("acc", 0.5)), MetricsCall.Of(2, "val/loss", 1)];
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, calls);
        await logger.SaveAsync();

        AssertHolds(run, calls);
    }

    [Fact]
    public virtual async Task What_is_saved_stays_when_the_logger_is_disposed_and_more_is_added_by_each_save()
    {
        MetricsCall[] calls = [.. Enumerable.Range(0, 20).Select(i => MetricsCall.Of(i, "loss", 1.0 / (i + 1)))];
        var run = NewRun();
        await using (var logger = Create(run))
        {
            foreach (var call in calls)
            {
                Deliver(logger, call);
                await logger.SaveAsync();
            }
        }

        AssertHolds(run, calls);
    }

    [Fact]
    public virtual async Task Saving_twice_changes_nothing()
    {
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
        await logger.SaveAsync();
        var (files, bookmark) = (OutputFolder.Read(run.OutputDirectory), logger.Bookmark);
        await logger.SaveAsync();

        Assert.Equal(files, OutputFolder.Read(run.OutputDirectory));
        Assert.Equal(bookmark, logger.Bookmark);
        AssertHolds(run, MetricsCall.Of(0, "loss", 0.5));
    }

    [Fact]
    public virtual async Task Saving_nothing_is_no_error_and_more_can_follow()
    {
        var run = NewRun();
        await using var logger = Create(run);
        await logger.SaveAsync();
        logger.LogMetrics(ReadOnlySpan<Metric>.Empty, step: 0);
        await logger.SaveAsync();
        Assert.Empty(ReadMetrics(run));

        Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
        await logger.SaveAsync();
        AssertHolds(run, MetricsCall.Of(0, "loss", 0.5));
    }

    [Fact]
    public virtual async Task A_logger_disposed_without_a_save_leaves_nothing()
    {
        var run = NewRun();
        var logger = Create(run);
        Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
        LogEverything(logger);
        await logger.DisposeAsync();

        Assert.Empty(_folder.Read());
        Assert.Empty(ReadMetrics(run));
    }

    [Fact]
    public virtual async Task Disposing_twice_is_no_error()
    {
        var logger = Create(NewRun());
        Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
        await logger.SaveAsync();
        await logger.DisposeAsync();
        await logger.DisposeAsync();
        logger.Dispose();
    }

    [Fact]
    public virtual async Task Saving_does_not_depend_on_a_synchronization_context()
    {
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, MetricsCall.Of(0, "loss", 0.5));
        var posts = 0;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new CountingContext(() => Interlocked.Increment(ref posts)));
        Task saving;
        try
        {
            saving = logger.SaveAsync().AsTask();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await saving;
        Assert.Equal(0, posts);
    }

    [Fact]
    public virtual async Task Two_runs_do_not_disturb_each_other()
    {
        var (one, other) = (NewRun(), NewRun());
        await using var first = Create(one);
        await using var second = Create(other);
        Deliver(first, MetricsCall.Of(0, "loss", 1));
        Deliver(second, MetricsCall.Of(0, "loss", 2));
        await second.SaveAsync();
        await first.SaveAsync();

        AssertHolds(one, MetricsCall.Of(0, "loss", 1));
        AssertHolds(other, MetricsCall.Of(0, "loss", 2));
    }

    /// <summary>Counts what is posted to it, and runs it elsewhere, so that nothing hangs.</summary>
    private sealed class CountingContext(Action count) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            count();
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
