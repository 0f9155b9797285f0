namespace PluginLoggers;

/// <summary>Runs a training and ends its run with the status that fits how the training ended.</summary>
public static class RunScope
{
    /// <summary>
    /// Trains, then ends the run: <see cref="RunStatus.Finished"/> when the training returns, <see cref="RunStatus.Killed"/> when it was
    /// cancelled, <see cref="RunStatus.Failed"/> when it threw anything else. What was thrown comes through.
    /// </summary>
    /// <typeparam name="TLogger">The type of the run.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="train">The training.</param>
    public static async Task RunAsync<TLogger>(this TLogger run, Func<TLogger, Task> train)
        where TLogger : ILightningLogger
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(train);
        var status = RunStatus.Failed;
        try
        {
            await train(run).ConfigureAwait(false);
            status = RunStatus.Finished;
        }
        catch (OperationCanceledException)
        {
            status = RunStatus.Killed;
            throw;
        }
        finally
        {
            await run.FinalizeAsync(status).ConfigureAwait(false);
        }
    }
}
