using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Import;

/// <summary>One import, from the opened run to its delivery.</summary>
/// <param name="run">The run, which whoever opened it disposes.</param>
/// <param name="clock">Its clock.</param>
/// <param name="found">The source.</param>
/// <param name="retention">What becomes of the journals.</param>
/// <param name="moved">Told how far it is; null for nobody.</param>
internal sealed class ImportSession(
    LightningRun run, ImportClock clock, FoundRun found, JournalRetention retention, IProgress<ImportProgress>? moved)
{
    private readonly string _state = run.Session.Folder.StateDirectory;
    private readonly ImportedFrom _before = run.Session.Record.Imported ?? found.Identity;

    /// <summary>Reads, logs and delivers.</summary>
    public async Task<ImportedRun> RunAsync(CancellationToken cancellationToken)
    {
        using var known = new RunReader(new JournalFolder(_state), JournalPosition.Start);
        KnownCalls? calls = null;
        ImportTarget? target = null;
        string? failure = null;
        try
        {
            var unseen = Unseen();
            var recorder = run.Session.RecorderThrough(journal => calls = new KnownCalls(journal, known, unseen));
            target = new ImportTarget(clock, read => moved?.Report(new ImportProgress(read, null)))
            {
                Logger = new ImportLogger(recorder, what => target!.ReportSkipped(what)),
            };
            var status = await Task.Run(() => found.Source.ReadTo(target, cancellationToken), cancellationToken).ConfigureAwait(false);
            calls!.Complete();
            await run.FinalizeAsync(status, CancellationToken.None).ConfigureAwait(false);
            await run.Session.DeliverAllAsync(Moved, cancellationToken).ConfigureAwait(false);
        }
        catch (ImportRefusedException refusal)
        {
            failure = refusal.Message;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Whatever a plug-in fails with: what it read is kept, and the rest may come the next time.
            failure = $"{found.Format} failed to read it: {problem.GetBaseException().Message}";
            await run.FinalizeAsync(RunStatus.Failed, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            run.Session.Verdict = RunStatus.Killed;
            throw;
        }
        finally
        {
            if (retention == JournalRetention.Delete)
            {
                await run.SaveAsync(CancellationToken.None).ConfigureAwait(false);
                NoteCalls();
            }
        }

        return new ImportedRun
        {
            Source = found,
            Calls = calls?.Calls ?? 0,
            NewCalls = calls?.New ?? 0,
            Skipped = target?.Skipped ?? new Dictionary<string, long>(),
            Damages = target?.Damages ?? [],
            DamageCount = target?.DamageCount ?? 0,
            Failure = failure,
        };

        void Moved() => moved?.Report(new ImportProgress(
            target.BytesRead, run.Deliveries.Select(delivery => delivery.UndeliveredBytes).DefaultIfEmpty().Max()));
    }

    /// <summary>How many calls the run has had in journals that are deleted by now.</summary>
    /// <exception cref="ImportRefusedException">That cannot be known.</exception>
    private long Unseen()
    {
        var numbers = new JournalFolder(_state).Numbers.ToHashSet();
        var isDeleted = _before.Journal > 0 && !numbers.Contains(_before.Journal);
        for (var number = isDeleted ? _before.Journal + 1 : 1; number <= run.Session.Record.LastJournal; number++)
        {
            if (!numbers.Contains(number))
            {
                throw new ImportRefusedException(
                    $"The journal {number} of the run {run.RunDirectory} is gone, and with it what the run has of its source. "
                    + "Import it as another run, with --set Run:Name=NAME.");
            }
        }

        return isDeleted ? _before.Calls : 0;
    }

    private void NoteCalls()
    {
        var journals = new JournalFolder(_state);
        var isDeleted = _before.Journal > 0 && !journals.Numbers.Contains(_before.Journal);
        using var all = new RunReader(journals, JournalPosition.Start);
        run.Session.Note(_before with { Calls = (isDeleted ? _before.Calls : 0) + KnownCalls.Count(all), Journal = journals.Last });
    }
}
