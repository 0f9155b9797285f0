using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    public static TheoryData<RunStatus> Ends => [RunStatus.Finished, RunStatus.Failed, RunStatus.Killed];

    [Theory]
    [MemberData(nameof(Ends))]
    public virtual async Task Finalizing_saves_and_records_the_status(RunStatus status)
    {
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, Early);
        await logger.FinalizeAsync(status);

        AssertHolds(run, Early);
        AssertStatus(run, status);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public virtual async Task A_run_that_ended_can_go_on(RunStatus status)
    {
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, Early);
        await logger.FinalizeAsync(status);
        await logger.FinalizeAsync(RunStatus.Running);
        AssertStatus(run, RunStatus.Running);

        Deliver(logger, Late);
        await logger.FinalizeAsync(RunStatus.Finished);
        AssertHolds(run, [.. Early, .. Late]);
        AssertStatus(run, RunStatus.Finished);
    }

    [SkippableFact]
    public virtual async Task A_later_instance_can_go_on_after_the_end()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.FinalizeAsync(RunStatus.Failed);
            bookmark = Bookmark(first);
        }

        await using var second = Create(Again(run, bookmark));
        await second.FinalizeAsync(RunStatus.Running);
        AssertStatus(run, RunStatus.Running);
        Deliver(second, Late);
        await second.FinalizeAsync(RunStatus.Finished);
        AssertHolds(run, [.. Early, .. Late]);
        AssertStatus(run, RunStatus.Finished);
    }

    [SkippableFact]
    public virtual async Task A_crash_after_the_end_ends_the_run_once()
    {
        var run = NewRun();
        string bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = Bookmark(first);
            Deliver(first, Late);
            _time.Now = At(20);
            await first.FinalizeAsync(RunStatus.Finished);
        }

        var expected = OutputFolder.Read(run.OutputDirectory);
        await using (var second = Create(Again(run, bookmark)))
        {
            Deliver(second, Late);
            _time.Now = At(20);
            await second.FinalizeAsync(RunStatus.Finished);
        }

        AssertHolds(run, [.. Early, .. Late]);
        AssertStatus(run, RunStatus.Finished);
        Assert.Equal(expected, OutputFolder.Read(run.OutputDirectory));
    }

    [Fact]
    public virtual async Task A_run_without_records_can_end()
    {
        var run = NewRun();
        await using var logger = Create(run);
        await logger.FinalizeAsync(RunStatus.Finished);
        Assert.Empty(ReadMetrics(run));
        AssertStatus(run, RunStatus.Finished);
    }

    private void AssertStatus(LoggerContext run, RunStatus expected)
    {
        if (ReadStatus(run) is { } found)
        {
            Assert.Equal(expected, found);
        }
    }
}
