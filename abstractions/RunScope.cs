namespace PluginLoggers;

/// <summary>Runs a training and ends its run with the status that fits how the training ended.</summary>
public static class RunScope
{
    private const string FinalizeFailure = "PluginLoggers.FinalizeFailure";

    /// <summary>
    /// Trains, then ends the run: <see cref="RunStatus.Finished"/> when the training returns, <see cref="RunStatus.Killed"/> when it was
    /// cancelled, <see cref="RunStatus.Failed"/> when it threw anything else.
    /// </summary>
    /// <typeparam name="TLogger">The type of the run.</typeparam>
    /// <param name="run">The run. It is not disposed.</param>
    /// <param name="train">The training.</param>
    /// <remarks>
    /// What the training throws comes through; should the end of the run fail as well, that failure is in the exception's
    /// <see cref="Exception.Data"/> as <c>PluginLoggers.FinalizeFailure</c>.
    /// </remarks>
    public static async Task RunAsync<TLogger>(this TLogger run, Func<TLogger, Task> train)
        where TLogger : ILightningLogger
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(train);
        try
        {
            await train(run).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await EndAsync(run, failure).ConfigureAwait(false);
            throw;
        }

        await run.FinalizeAsync(RunStatus.Finished).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync{TLogger}(TLogger, Func{TLogger, Task})"/>
    public static Task RunAsync<TLogger>(this TLogger run, Action<TLogger> train)
        where TLogger : ILightningLogger
    {
        ArgumentNullException.ThrowIfNull(train);
        return run.RunAsync(logger =>
        {
            train(logger);
            return Task.CompletedTask;
        });
    }

    private static async Task EndAsync(ILightningLogger run, Exception failure)
    {
        try
        {
            await run.FinalizeAsync(failure is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed).ConfigureAwait(false);
        }
        catch (Exception second)
        {
            failure.Data[FinalizeFailure] = second;
        }
    }
}
