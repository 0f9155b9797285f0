using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Opens runs as the configuration says: reserves or resumes the folder, creates the backends, begins the journal.</summary>
internal sealed class RunOpener(LoggersConfiguration configuration, TimeProvider time, Teller teller)
{
    /// <summary>Opens a run. What cannot be opened leaves nothing behind.</summary>
    /// <param name="description">How it differs from the configuration.</param>
    /// <param name="version">Its version; null for the next free one.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options.</exception>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process writes the run.</exception>
    public LightningRun Open(RunDescription description, string? version)
    {
        var opened = OpenedRun.Open(configuration.Run.SaveDir, description.Name ?? configuration.Run.Name, version, LockPurpose.Log, time);
        try
        {
            return Open(opened, description);
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

    private LightningRun Open(OpenedRun opened, RunDescription description)
    {
        if (!configuration.Loggers.Any(logger => logger.Enabled))
        {
            teller.Tell(
                DiagnosticLevel.Warning, null, "No logger is enabled in LightningLoggers:Loggers: the run is kept in its journal, and `pluginloggers replay` delivers it later.");
        }

        var redaction = new HyperparameterRedaction(configuration.Run.Redaction, message => teller.Tell(DiagnosticLevel.Information, null, message));
        var before = opened.Record;
        var record = before with
        {
            Status = RunStatus.Running,
            Ended = null,
            ParentRunId = ParentOf(description) ?? before.ParentRunId,
            Tags = redaction.RedactTags(Merged(before.Tags, configuration.Run.Tags, description.Tags)),
            Loggers = Attached(before.Loggers),
        };

        var state = opened.Folder.StateDirectory;
        var (journals, progress, published) = (new JournalFolder(state), new JournalSignal(), new JournalSignal());
        var loops = new BackendFactory(configuration.Loggers.Where(logger => logger.Enabled), time, teller)
            .Prepare(opened.Folder, record, journals, published, progress);
        RunJournal? journal = null;
        try
        {
            journal = journals.Create(
                before.LastJournal, time, LargestStep(journals, before), hasEnded: before.Status != RunStatus.Running, published, Refused(opened));
            opened.Update(_ => record with { LastJournal = journals.Last });
        }
        catch
        {
            loops.ForEach(loop => loop.Dispose());
            journal?.Dispose();
            throw;
        }

        var delivery = new RunDelivery(loops, journals, progress, time, teller);
        var session = new RunSession(opened, before, journals, journal, delivery, redaction, configuration, time, teller);
        LightningRun? run = null;
        run = new LightningRun(session, loops.Select(loop => KeyValuePair.Create<string, ILightningLogger>(
            loop.Key, new LoggerHandle(session.RecorderFor(loop), loop, () => run!))));
        return run;
    }

    private Action<Exception?> Refused(OpenedRun opened) => refusal => teller.Tell(
        refusal is null ? DiagnosticLevel.Information : DiagnosticLevel.Error,
        null,
        refusal is null
            ? "The run's journal can be written again; what was logged meanwhile is in it."
            : $"The run's journal in {opened.Folder.StateDirectory} cannot be written: {refusal.Message} Training goes on, and what it logs is kept in memory for a while. Make room.");

    private static string? ParentOf(RunDescription description) => description.Parent switch
    {
        null or DummyLogger => null,
        LightningRun run => run.RunId,
        var other => throw new ArgumentException($"The parent of a run is a run of this factory; a {other.GetType().Name} is none.", nameof(description)),
    };

    private static Dictionary<string, string> Merged(params IReadOnlyDictionary<string, string>[] tags) => tags
        .SelectMany(some => some)
        .GroupBy(tag => tag.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    private Dictionary<string, AttachedLogger> Attached(IReadOnlyDictionary<string, AttachedLogger> before)
    {
        var attached = new Dictionary<string, AttachedLogger>(before, StringComparer.OrdinalIgnoreCase);
        foreach (var logger in configuration.Loggers.Where(logger => logger.Enabled))
        {
            attached[logger.Key] = new AttachedLogger
            {
                Type = logger.Type,
                Location = attached.GetValueOrDefault(logger.Key)?.Location,
                Options = logger.ConfiguredOptions,
            };
        }

        return attached;
    }

    private static long? LargestStep(JournalFolder journals, RunRecord before)
    {
        // The journals of an earlier process may be deleted, and one that died has not noted its steps.
        var largest = before.LargestStep;
        using var reader = new RunReader(journals, JournalPosition.Start);
        while (reader.TryRead(out var record))
        {
            // Of a kind that need not have a step, the record bears the largest one until then, and 0 if there was none.
            if (record.Step != 0 || record.Kind is not (RecordKind.Status or RecordKind.Hyperparameters or RecordKind.Graph or RecordKind.Artifact))
            {
                largest = Math.Max(largest ?? long.MinValue, record.Step);
            }
        }

        return largest;
    }
}
