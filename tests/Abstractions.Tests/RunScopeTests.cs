using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests;

public class RunScopeTests
{
    [Fact]
    public async Task A_training_that_returns_is_finished()
    {
        var run = new RecordingLogger();
        await run.RunAsync(async logger =>
        {
            await Task.Yield();
            logger.LogMetric("loss", 1);
        });
        await run.RunAsync(logger => logger.LogMetric("loss", 2));

        Assert.Equal([RunStatus.Finished, RunStatus.Finished], run.Statuses);
        Assert.Equal(2, run.SavedRecords.Count);
        Assert.False(run.IsDisposed);
    }

    [Fact]
    public async Task A_training_that_throws_has_failed_and_its_exception_comes_through()
    {
        var run = new RecordingLogger();
        await Assert.ThrowsAsync<DivideByZeroException>(() => run.RunAsync(_ => Task.FromException(new DivideByZeroException())));
        await Assert.ThrowsAsync<DivideByZeroException>(() => run.RunAsync(Throw));
        Assert.Equal([RunStatus.Failed, RunStatus.Failed], run.Statuses);

        static void Throw(RecordingLogger logger) => throw new DivideByZeroException();
    }

    [Fact]
    public async Task A_training_that_was_cancelled_is_killed()
    {
        var run = new RecordingLogger();
        await Assert.ThrowsAsync<TaskCanceledException>(() => run.RunAsync(_ => Task.FromCanceled(new CancellationToken(canceled: true))));
        Assert.Equal(RunStatus.Killed, run.Status);
    }

    [Fact]
    public async Task The_exception_of_the_training_is_not_replaced_by_that_of_the_end()
    {
        var run = new RecordingLogger { FailSave = () => new IOException("full") };
        var failure = await Assert.ThrowsAsync<DivideByZeroException>(
            () => run.RunAsync(_ => Task.FromException(new DivideByZeroException())));
        Assert.IsType<IOException>(failure.Data["PluginLoggers.FinalizeFailure"]);
        await Assert.ThrowsAsync<IOException>(() => run.RunAsync(_ => Task.CompletedTask));
    }

    [Fact]
    public async Task Without_a_run_or_a_training_nothing_begins()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => new RecordingLogger().RunAsync((Func<RecordingLogger, Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ((ILightningLogger)null!).RunAsync(_ => Task.CompletedTask));
    }
}
