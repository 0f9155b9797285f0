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
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
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

    /// <summary>How many calls the run has had in journals that are deleted by now: the first ones, if any.</summary>
    /// <exception cref="ImportRefusedException">That cannot be known.</exception>
    private long Unseen()
    {
        var there = new JournalFolder(_state).Numbers.ToHashSet();
        var unseen = 0L;
        for (var number = 1; number <= run.Session.Record.LastJournal; number++)
        {
            if (!there.Contains(number))
            {
                unseen += number <= _before.Calls.Count ? _before.Calls[number - 1] : throw new ImportRefusedException(
                    $"The journal {number} of the run {run.RunDirectory} is gone, and with it what the run has of its source. "
                    + "Import it under another name, with --set Run:Name=NAME.");
            }
        }

        return unseen;
    }

    private void NoteCalls()
    {
        var journals = new JournalFolder(_state);
        var counts = new long[journals.Last];
        for (var i = 0; i < counts.Length && i < _before.Calls.Count; i++)
        {
            counts[i] = _before.Calls[i];
        }

        foreach (var number in journals.Numbers)
        {
            counts[number - 1] = 0;
        }

        using var all = new RunReader(journals, JournalPosition.Start);
        while (KnownCalls.TryNext(all, out _))
        {
            counts[all.Position.Journal - 1]++;
        }

        run.Session.Note(_before with { Calls = counts });
    }
}
