using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;
using PluginLoggers.Hosting.Logging;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Synchronization;

namespace PluginLoggers.Hosting;

/// <summary>
/// Delivers what is behind in a run that nobody writes, by today's configuration; a run whose process died is ended as killed first.
/// </summary>
/// <param name="configuration">The configuration; its loggers are matched with those of the run by key and type.</param>
/// <param name="diagnostics">Who is told what goes wrong.</param>
/// <param name="time">The clock; null is the system's.</param>
public sealed class RunSynchronizer(LoggersConfiguration configuration, ILoggerDiagnostics diagnostics, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Teller _teller = new(diagnostics);

    /// <summary>Whether what a logger refused before is handed to it again, when it has everything else. The default is false.</summary>
    public bool RedeliversDeadLetters { get; init; }

    /// <summary>
    /// Synchronizes one run. What is cut short, or fails, goes on from there the next time; a run that cannot be read or written has a
    /// <see cref="RunSummary.Problem"/> then.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="to">The key of a logger that the run is to have too; with it, only that one. Null for those it has.</param>
    /// <param name="moved">Told from time to time how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options.</exception>
    /// <exception cref="ArgumentException">The configuration has no logger with the key <paramref name="to"/>.</exception>
    public async Task<SynchronizedRun> SynchronizeAsync(
        RunSummary run,
        string? to = null,
        IProgress<IReadOnlyList<LoggerDelivery>>? moved = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        LoggerChoice.Check(configuration, to);
        var folder = FolderOf(run);
        try
        {
            using var opened = OpenedRun.Open(folder.SaveDir, folder.Name, folder.Version, LockPurpose.Sync, _time);
            var (notes, damagedBytes, unreadableRecords) =
                await SynchronizeAsync(opened, to, moved, cancellationToken).ConfigureAwait(false);
            return new SynchronizedRun(RunLibrary.Summarize(folder) with { Writer = null }, notes)
            {
                DamagedBytes = damagedBytes,
                UnreadableRecords = unreadableRecords,
            };
        }
        catch (RunLockedException locked)
        {
            return new SynchronizedRun(run, [locked.Message], IsLeftAlone: true);
        }
        catch (Exception problem) when (problem is not LoggersConfigurationException
            && !(problem is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // One bad run keeps no other from being synchronized.
            var message = problem.Unwrapped.Message;
            return new SynchronizedRun(RunLibrary.Summarize(folder) with { Problem = message, Writer = null }, [message]);
        }
    }

    private async Task<(IReadOnlyList<string> Notes, long DamagedBytes, long UnreadableRecords)> SynchronizeAsync(
        OpenedRun opened, string? to, IProgress<IReadOnlyList<LoggerDelivery>>? moved, CancellationToken cancellationToken)
    {
        var (spelled, teller) = (configuration.Spelled(opened.Record), _teller.Of(opened.Folder));
        var (folder, journals) = (opened.Folder, new JournalFolder(opened.Folder.StateDirectory));
        if (opened.Record.Ended is not { } ended || journals.LastWritten > ended)
        {
            await EndInterruptedAsync(opened, journals).ConfigureAwait(false);
        }

        if (to is not null && IsGone(opened, spelled, journals, to))
        {
            var gone = $"{to}: nothing of the run can be delivered any more: its journals were deleted, because Run:Journal is Delete.";
            return ([gone], 0, 0);
        }

        var end = journals.End();
        var (loggers, notes) = new LoggerChoice(spelled, opened, teller).Choose(to, key => HasWork(folder, key, end));
        var (damagedBytes, unreadableRecords) = (0L, 0L);
        if (loggers.Count > 0)
        {
            var (published, progress) = (new JournalSignal(), new JournalSignal());
            var backends = new BackendFactory(folder, opened.Record, journals, published, progress, _time, teller);
            var loops = backends.Prepare(loggers, to is null ? LeaveBehind : null);
            Attach(opened, loggers, loops);
            using var giveWay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using (var delivery = new RunDelivery(journals, progress, _time, teller))
            {
                delivery.TryAdd(loops, survey: null);
                void Moved() => Report(delivery, giveWay);
                await delivery.WaitAsync(null, end, TimeSpan.MaxValue, DeliveryPatience.Synchronizing, Moved, giveWay.Token)
                    .ConfigureAwait(false);
                if (File.Exists(folder.LockWantedFile))
                {
                    notes.Add("a process that resumes the run waits for it; what is behind is delivered by that one.");
                }

                notes.AddRange(delivery.Snapshot().Where(state => !state.IsComplete).Select(Behind));
            }

            // Now that the loops have ended: what was passed over before the last record may be counted behind it.
            damagedBytes = loops.Select(loop => loop.State.DamagedBytes).DefaultIfEmpty().Max();
            unreadableRecords = loops.Select(loop => loop.State.UnreadableRecords).DefaultIfEmpty().Max();
            Attach(opened, loggers, loops);
            foreach (var logger in loggers.Where(logger => RedeliversDeadLetters && Read(folder, logger.Key) is { DeadLetters: > 0 } cursor
                && cursor.Position.CompareTo(end) >= 0))
            {
                var backend = backends.Specify(logger);
                notes.AddRange(await RedeliverAsync(backend, folder, journals, teller, giveWay.Token).ConfigureAwait(false));
            }
        }

        if (configuration.Run.Journal == JournalRetention.Delete)
        {
            new JournalRemoval(opened, journals, teller).Remove();
        }

        return (notes, damagedBytes, unreadableRecords);

        void LeaveBehind(LoggerSettings logger, ConfigurationMistake why)
        {
            loggers.Remove(logger);
            notes.Add($"{logger.Key}: is behind, and has no plug-in that can be used. {Sentence.Of(why.ToString())}");
        }

        void Report(RunDelivery delivery, CancellationTokenSource giveWay)
        {
            moved?.Report(delivery.Snapshot());
            if (File.Exists(folder.LockWantedFile))
            {
                giveWay.Cancel();
            }
        }
    }

    private static string Behind(LoggerDelivery delivery) =>
        $"{delivery.Key}: {delivery.UndeliveredBytes:N0} bytes are still to be delivered"
        + (delivery.LastFailure is null ? "" : $": {delivery.LastFailure}");

    /// <summary>
    /// Hands the dead letters of one logger over again, on a thread of its own: one that hangs is left behind when the user has enough.
    /// </summary>
    private async Task<IReadOnlyList<string>> RedeliverAsync(
        BackendSpecification backend, RunFolder folder, JournalFolder journals, Teller teller, CancellationToken cancellationToken)
    {
        bool IsToStop() => cancellationToken.IsCancellationRequested || File.Exists(folder.LockWantedFile);
        var delivery = new DeadLetterDelivery(backend, journals, folder.StateDirectory, _time, teller, IsToStop);
        try
        {
            var left = await Task.Factory.StartNew(delivery.Run, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            return left is [] ? [] : [$"{backend.Key}: {left.Count:N0} dead letters are left: {delivery.Outage ?? left[0].Reason}"];
        }
        catch (OperationCanceledException)
        {
            delivery.Abandon();
            return [$"{backend.Key}: its dead letters were not delivered to the end."];
        }
    }

    /// <summary>
    /// If the process that wrote the run died before its end, the last record says when; if it died after it, the end stands in the
    /// journal.
    /// </summary>
    private static async Task EndInterruptedAsync(OpenedRun opened, JournalFolder journals)
    {
        var survey = JournalSurvey.Of(journals);
        var corrected = opened.Record.CorrectedBy(survey);
        if (corrected.Status != RunStatus.Running)
        {
            opened.Update(_ => corrected);
            return;
        }

        var last = survey.Last ?? opened.Record.Created;
        var largestStep = survey.LargestStepSince(opened.Record.LargestStep);
        using (var journal = journals.Create(
            opened.Record.LastJournal, new FixedClock(last), largestStep, hasEnded: false, new JournalSignal(), _ => { }))
        {
            var body = new RecordBuffer();
            StatusRecord.Write(body, RunStatus.Killed);
            journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
            await journal.FlushAsync().ConfigureAwait(false);
        }

        opened.Update(record => record with
        {
            Status = RunStatus.Killed,
            Ended = last,
            LargestStep = largestStep,
            LastSample = survey.LastSample ?? record.LastSample,
            LastJournal = journals.Last,
        });
    }

    /// <summary>Whether a logger that the configuration has, and the run has not, comes too late for all of the run's journals.</summary>
    private static bool IsGone(OpenedRun opened, LoggersConfiguration spelled, JournalFolder journals, string to) =>
        journals.Last == 0
        && opened.Record.LastJournal > 0
        && spelled.Loggers.FirstOrDefault(logger => logger.Key.Equals(to, StringComparison.OrdinalIgnoreCase)) is { } logger
        && Read(opened.Folder, logger.Key) is null;

    private bool HasWork(RunFolder folder, string key, JournalPosition end)
    {
        var cursor = Read(folder, key);
        return (cursor?.Position ?? JournalPosition.Start).CompareTo(end) < 0 || (RedeliversDeadLetters && cursor?.DeadLetters > 0);
    }

    private static Cursor? Read(RunFolder folder, string key) => Cursor.Read(Path.Combine(folder.StateDirectory, key + Cursor.Suffix));

    private static void Attach(OpenedRun opened, IEnumerable<LoggerSettings> loggers, IReadOnlyList<DeliveryLoop> loops) =>
        opened.Update(record =>
        {
            var attached = AttachedLogger.With(record.Loggers, loggers);
            foreach (var loop in loops)
            {
                attached[loop.Key] = attached[loop.Key] with { Location = loop.State.Location };
            }

            return record with { Loggers = attached };
        });

    private static RunFolder FolderOf(RunSummary run)
    {
        var saveDir = run.Directory;
        for (var levels = run.Name.Split('/').Length + 1; levels > 0; levels--)
        {
            saveDir = Path.GetDirectoryName(saveDir)!;
        }

        return new RunFolder(saveDir, run.Name, run.Version);
    }
}
