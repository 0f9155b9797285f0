using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Logging;

/// <summary>How a run comes to its end: as the last record of its journal first, and in the run's own record when that is durable.</summary>
/// <param name="opened">The run's folder, locked.</param>
/// <param name="before">Its record as it was found.</param>
/// <param name="journal">The journal of this process.</param>
/// <param name="sampler">Samples the machine; null if that is not wanted.</param>
/// <param name="patience">For how long the journal's disk may take nothing.</param>
/// <param name="time">The clock.</param>
internal sealed class RunEnd(
    OpenedRun opened, RunRecord before, RunJournal journal, SystemSampler? sampler, TimeSpan patience, TimeProvider time)
{
    private (RunStatus Status, DateTimeOffset? At)? _owed;

    /// <summary>With which status the run ends if nobody says; null if that cannot be known.</summary>
    public RunStatus? Verdict { get; set; }

    /// <summary>Ends the run with a status.</summary>
    public async Task EndAsync(RunStatus status, CancellationToken cancellationToken)
    {
        // A run that was opened again and not logged to has the end that it had.
        var ended = !journal.HasEnded ? null : opened.Record.Status == RunStatus.Running ? before : opened.Record;
        if (ended?.Status != status)
        {
            Append(status);
        }

        DateTimeOffset? at = status == RunStatus.Running ? null : ended?.Status == status ? ended.Ended : time.GetUtcNow();
        _owed = (status, at);
        try
        {
            // First: a run that is said to have ended has all its records, and its end is one of them.
            await journal.Writer.FlushAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!journal.Writer.IsHanging)
        {
            TryNote(status, at);
            throw;
        }

        Note(status, at);
    }

    /// <summary>
    /// Makes the end durable that the disk refused when it came, or puts back that of a run which was resumed and not logged to.
    /// </summary>
    public async Task KeepAsync()
    {
        await journal.Writer.FlushAsync(patience, CancellationToken.None).ConfigureAwait(false);
        if (_owed is { } owed)
        {
            Note(owed.Status, owed.At);
        }
        else if (opened.Record.Status == RunStatus.Running)
        {
            opened.Update(record => record with { Status = before.Status, Ended = before.Ended });
        }
    }

    /// <summary>Ends the run with its process, if nobody did; what is not delivered then is left to <c>sync</c>.</summary>
    /// <param name="status">How the process ends; null if that cannot be known.</param>
    public void EndWithProcess(RunStatus? status)
    {
        var end = status is null || journal.HasEnded ? null : Verdict ?? status;
        if (end is { } ended)
        {
            Append(ended);
        }

        try
        {
            journal.FlushAsync().GetAwaiter().GetResult();
        }
        catch (IOException) when (status is not null)
        {
            // What the disk refuses now is lost with this process.
            opened.MarkIncomplete();
            throw;
        }

        if (end is { } noted && journal.HasEnded)
        {
            Note(noted, time.GetUtcNow());
        }
    }

    private void Append(RunStatus status)
    {
        var body = new RecordBuffer();
        StatusRecord.Write(body, status);
        journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
    }

    /// <summary>The end is known though the journal does not have it, if that much can be written.</summary>
    private void TryNote(RunStatus status, DateTimeOffset? at)
    {
        try
        {
            Note(status, at);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // For the same reason as the journal, which is told.
        }
    }

    private void Note(RunStatus status, DateTimeOffset? at)
    {
        opened.Update(record => record with
        {
            Status = status,
            Ended = at,
            LargestStep = journal.LargestStep,
            LastSample = sampler?.LastStep ?? record.LastSample,
            Incomplete = record.Incomplete || journal.Dropped > 0,
        });
        _owed = null;
    }
}
