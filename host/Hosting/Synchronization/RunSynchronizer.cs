using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;
using PluginLoggers.Hosting.Logging;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Synchronization;

namespace PluginLoggers.Hosting;

/// <summary>Delivers what is behind in a run that nobody writes, by today's configuration; a run whose process died is ended as killed first.</summary>
/// <param name="configuration">The configuration; its loggers are matched with those of the run by key and type.</param>
/// <param name="diagnostics">Who is told what goes wrong.</param>
/// <param name="time">The clock; null is the system's.</param>
public sealed class RunSynchronizer(LoggersConfiguration configuration, ILoggerDiagnostics diagnostics, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Teller _teller = new(diagnostics);

    /// <summary>Synchronizes one run. What is cut short, or fails, goes on from there the next time.</summary>
    /// <param name="run">The run.</param>
    /// <param name="to">The key of a logger that the run is to have too; with it, only that one. Null for those it has.</param>
    /// <param name="moved">Told from time to time how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options.</exception>
    /// <exception cref="ArgumentException">The configuration has no logger with the key <paramref name="to"/>.</exception>
    public async Task<SynchronizedRun> SynchronizeAsync(
        RunSummary run, string? to = null, IProgress<IReadOnlyList<LoggerDelivery>>? moved = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var folder = FolderOf(run);
        OpenedRun opened;
        try
        {
            opened = OpenedRun.Open(folder.SaveDir, folder.Name, folder.Version, LockPurpose.Sync, _time);
        }
        catch (RunLockedException locked)
        {
            return new SynchronizedRun(run, [locked.Message], IsLeftAlone: true);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException)
        {
            return new SynchronizedRun(run with { Problem = problem.Message }, [problem.Message]);
        }

        using (opened)
        {
            var notes = await SynchronizeAsync(opened, to, moved, cancellationToken).ConfigureAwait(false);
            return new SynchronizedRun(RunLibrary.Summarize(folder) with { Writer = null }, notes);
        }
    }

    private async Task<IReadOnlyList<string>> SynchronizeAsync(
        OpenedRun opened, string? to, IProgress<IReadOnlyList<LoggerDelivery>>? moved, CancellationToken cancellationToken)
    {
        var (folder, journals) = (opened.Folder, new JournalFolder(opened.Folder.StateDirectory));
        if (opened.Record.Status == RunStatus.Running)
        {
            await EndAsKilledAsync(opened, journals).ConfigureAwait(false);
        }

        var end = journals.End();
        var (loggers, notes) = Choose(opened.Record, to, key => IsBehind(folder, key, end));
        if (loggers.Count == 0)
        {
            return notes;
        }

        var (published, progress) = (new JournalSignal(), new JournalSignal());
        var loops = new BackendFactory(folder, opened.Record, journals, published, progress, _time, _teller).Prepare(loggers);
        Attach(opened, loggers, loops);
        using (var giveWay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        using (var delivery = new RunDelivery(journals, progress, _time, _teller))
        {
            delivery.TryAdd(loops, survey: null);
            await delivery.WaitAsync(null, end, TimeSpan.MaxValue, DeliveryPatience.Synchronizing, () => Moved(delivery, giveWay), giveWay.Token).ConfigureAwait(false);
            if (File.Exists(folder.LockWantedFile))
            {
                notes.Add("a process that resumes the run waits for it; what is behind is delivered by that one.");
            }

            notes.AddRange(delivery.Snapshot().Where(state => !state.IsComplete).Select(state =>
                $"{state.Key}: {state.UndeliveredBytes:N0} bytes are still to be delivered{(state.LastFailure is null ? "" : $": {state.LastFailure}")}"));
        }

        Attach(opened, loggers, loops);
        return notes;

        void Moved(RunDelivery delivery, CancellationTokenSource giveWay)
        {
            moved?.Report(delivery.Snapshot());
            if (File.Exists(folder.LockWantedFile))
            {
                giveWay.Cancel();
            }
        }
    }

    /// <summary>The loggers to deliver to, and what is said about the others of the run.</summary>
    private (List<LoggerSettings> Loggers, List<string> Notes) Choose(RunRecord record, string? to, Func<string, bool> isBehind)
    {
        var enabled = configuration.Loggers.Where(logger => logger.Enabled).ToDictionary(logger => logger.Key, StringComparer.OrdinalIgnoreCase);
        if (to is not null)
        {
            return enabled.TryGetValue(to, out var chosen)
                ? ([chosen], [])
                : throw new ArgumentException($"The configuration has no enabled logger '{to}'; it has: {string.Join(", ", enabled.Keys)}.", nameof(to));
        }

        var (loggers, notes) = (new List<LoggerSettings>(), new List<string>());
        foreach (var (key, attached) in record.Loggers.Where(logger => isBehind(logger.Key)))
        {
            if (!enabled.TryGetValue(key, out var logger))
            {
                notes.Add(configuration.Loggers.Any(logger => logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                    ? $"{key}: is behind, and disabled in today's configuration. Set LightningLoggers:Loggers:{key}:Enabled to true, and synchronize again."
                    : $"{key}: is behind, and today's configuration has no logger of that name. "
                        + $"Add it to LightningLoggers:Loggers, of the type {attached.Type}, and synchronize again.");
            }
            else if (!logger.Type.Equals(attached.Type, StringComparison.OrdinalIgnoreCase))
            {
                notes.Add($"{key}: was a {attached.Type} when the run was logged, and is a {logger.Type} in today's configuration.");
            }
            else
            {
                loggers.Add(logger);
            }
        }

        return (loggers, notes);
    }

    /// <summary>The process that wrote the run died: its last record says when.</summary>
    private static async Task EndAsKilledAsync(OpenedRun opened, JournalFolder journals)
    {
        var survey = JournalSurvey.Of(journals);
        var last = survey.Last ?? opened.Record.Created;
        var largestStep = survey.LargestStep > opened.Record.LargestStep ? survey.LargestStep : opened.Record.LargestStep ?? survey.LargestStep;
        using (var journal = journals.Create(opened.Record.LastJournal, new FixedClock(last), largestStep, hasEnded: false, new JournalSignal(), _ => { }))
        {
            var body = new RecordBuffer();
            StatusRecord.Write(body, RunStatus.Killed);
            journal.Append(RecordKind.Status, RunJournal.Everybody, body, hasStep: false);
            await journal.FlushAsync().ConfigureAwait(false);
        }

        opened.Update(record => record with { Status = RunStatus.Killed, Ended = last, LargestStep = largestStep, LastJournal = journals.Last });
    }

    private static bool IsBehind(RunFolder folder, string key, JournalPosition end) =>
        (Cursor.Read(Path.Combine(folder.StateDirectory, key + Cursor.Suffix))?.Position ?? JournalPosition.Start).CompareTo(end) < 0;

    private static void Attach(OpenedRun opened, IEnumerable<LoggerSettings> loggers, IReadOnlyList<DeliveryLoop> loops) => opened.Update(record =>
    {
        var attached = new Dictionary<string, AttachedLogger>(record.Loggers, StringComparer.OrdinalIgnoreCase);
        foreach (var logger in loggers)
        {
            var location = loops.First(loop => loop.Key == logger.Key).State.Location;
            attached[logger.Key] = attached.TryGetValue(logger.Key, out var known)
                ? known with { Location = location }
                : new AttachedLogger { Type = logger.Type, Location = location };
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
