using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Import;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.SystemMetrics;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Opens runs as the configuration says: reserves or resumes the folder, creates the backends, begins the journal.</summary>
internal sealed class RunOpener(LoggersConfiguration configuration, TimeProvider time, Teller teller)
{
    /// <summary>Opens a run. What cannot be opened leaves nothing behind.</summary>
    /// <param name="description">How it differs from the configuration.</param>
    /// <param name="version">Its version; null for the next free one.</param>
    /// <param name="import">What an import wants; null for a run that is logged.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options.</exception>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process writes the run.</exception>
    public LightningRun Open(RunDescription description, string? version, ImportOpening? import = null)
    {
        var opened = OpenedRun.Open(configuration.Run.SaveDir, description.Name ?? configuration.Run.Name, version, LockPurpose.Log, time);
        try
        {
            import?.Check(opened);
            return Open(opened, description, import);
        }
        catch
        {
            opened.Dispose();
            if (!opened.IsResumed)
            {
                Remove(opened.Folder);
            }

            throw;
        }
    }

    /// <summary>Removes what was made for a run that could not be opened. What the user has in the folder stays.</summary>
    private static void Remove(RunFolder folder)
    {
        Directory.Delete(folder.StateDirectory, recursive: true);
        if (!Directory.EnumerateFileSystemEntries(folder.Directory).Any())
        {
            Directory.Delete(folder.Directory);
        }
    }

    private LightningRun Open(OpenedRun opened, RunDescription description, ImportOpening? import)
    {
        if (!configuration.Ready.Any())
        {
            teller.Tell(
                DiagnosticLevel.Warning,
                null,
                "No logger is enabled in LightningLoggers:Loggers: the run is kept in its journal, "
                    + "and `pluginloggers replay` delivers it later.");
        }

        var redaction = new HyperparameterRedaction(
            configuration.Run.Redaction, message => teller.Tell(DiagnosticLevel.Information, null, message));
        var (before, told) = (opened.Record, teller.Of(opened.Folder));
        var spelled = configuration.Spelled(before);
        var clock = import?.Clock ?? time;
        var record = before with
        {
            Created = opened.IsResumed ? before.Created : import?.Started ?? before.Created,
            Imported = before.Imported ?? import?.From,
            Status = RunStatus.Running,
            Ended = null,
            ParentRunId = ParentOf(description) ?? before.ParentRunId,
            Tags = redaction.RedactTags(Merged(before.Tags, configuration.Run.Tags, description.Tags)),
            Loggers = AttachedLogger.With(before.Loggers, spelled.Ready),
        };

        var state = opened.Folder.StateDirectory;
        var (journals, progress, published) = (new JournalFolder(state), new JournalSignal(), new JournalSignal());
        var backends = new BackendFactory(opened.Folder, record, journals, published, progress, time, told);
        var loops = backends.Prepare(spelled.Ready);
        RunJournal? journal = null;
        JournalSurvey survey;
        try
        {
            // The journals of an earlier process may be deleted, and one that died has not noted its steps.
            survey = JournalSurvey.Of(journals, loops.Select(loop => loop.Cursor.Position));
            before = before.CorrectedBy(survey);
            journal = journals.Create(
                before.LastJournal,
                clock,
                survey.LargestStepSince(before.LargestStep),
                hasEnded: before.Status != RunStatus.Running,
                published,
                Refused(opened.Folder, told),
                isResumed: before.LastJournal > 0);
            opened.Update(_ => record with { LastJournal = journals.Last });
        }
        catch
        {
            loops.ForEach(loop => loop.Dispose());
            journal?.Dispose();
            throw;
        }

        var delivery = new RunDelivery(journals, progress, time, told);
        delivery.TryAdd(loops, survey);
        var sampler = import is null ? Sampler(opened.Folder, journal, survey.LastSample ?? before.LastSample, told) : null;
        return new LightningRun(new RunSession(
            opened, before, journals, journal, survey.Records, backends, delivery, sampler, redaction, spelled, clock, told));
    }

    private SystemSampler? Sampler(RunFolder folder, RunJournal journal, long? lastSample, Teller told) =>
        configuration.Run.SystemMetrics is { Enabled: true } settings
            ? new SystemSampler(
                SystemMetricSources.OfThisMachine(folder.Directory),
                (metrics, step) => journal.AppendSample(metrics, step),
                settings.Interval,
                lastSample,
                time,
                told)
            : null;

    private static Action<Exception?> Refused(RunFolder folder, Teller told) => refusal => told.Tell(
        refusal is null ? DiagnosticLevel.Information : DiagnosticLevel.Error,
        null,
        refusal is null
            ? "The run's journal can be written again; what was logged meanwhile is in it."
            : $"The run's journal in {folder.StateDirectory} cannot be written: {Sentence.Of(refusal.Message)} "
                + "Training goes on, and what it logs is kept in memory for a while. Make room.");

    private static string? ParentOf(RunDescription description) => description.Parent switch
    {
        null or DummyLogger => null,
        LightningRun run => run.RunId,
        var other => throw new ArgumentException(
            $"The parent of a run is a run of this factory; a {other.GetType().Name} is none.", nameof(description)),
    };

    private static Dictionary<string, string> Merged(params IReadOnlyDictionary<string, string>[] tags) => tags
        .SelectMany(some => some)
        .GroupBy(tag => tag.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
}
