using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Import;

/// <summary>
/// Stands before the journal of an imported run: what the run has already is compared and passed over, and only what follows is appended.
/// So an import that was interrupted and a source that has grown are one case, and a source that has changed is none of them.
/// </summary>
/// <param name="journal">Takes what is new.</param>
/// <param name="known">The run's journals, from the beginning.</param>
/// <param name="unseen">How many calls stood in journals that are deleted: they are passed over and cannot be compared.</param>
internal sealed class KnownCalls(IRecordSink journal, RunReader known, long unseen) : IRecordSink
{
    private const string Cure =
        "Import it under another name, with --set Run:Name=NAME; what was imported before stays as it is.";

    private bool _isAtEnd;

    /// <summary>How many calls the source has made.</summary>
    public long Calls { get; private set; }

    /// <summary>How many of them were new.</summary>
    public long New { get; private set; }

    public void AppendMetrics(int target, ReadOnlySpan<Metric> metrics, long? step)
    {
        if (metrics.IsEmpty)
        {
            return;
        }

        // What the journal refuses is not in it: it is refused before it could be compared.
        RunJournal.Check(metrics);
        Calls++;
        if (Calls <= unseen)
        {
            return;
        }

        if (!TryNext(out var record))
        {
            journal.AppendMetrics(target, metrics, step);
            New++;
        }
        else if (record.Kind != RecordKind.Metrics || record.Step != (step ?? record.Step) || !Holds(record, metrics))
        {
            throw Changed(record.Kind);
        }
    }

    public void Append(RecordKind kind, int target, RecordBuffer body, long? step = null, bool hasStep = true)
    {
        RunJournal.Check(kind, body);
        Calls++;
        if (Calls <= unseen)
        {
            return;
        }

        if (!TryNext(out var record))
        {
            journal.Append(kind, target, body, step, hasStep);
            New++;
        }
        else if (record.Kind != kind || (hasStep && record.Step != (step ?? record.Step)) || !record.Body.SequenceEqual(body.Written))
        {
            throw Changed(record.Kind);
        }
    }

    /// <summary>Refuses a source that ended before it had made every call that the run has.</summary>
    public void Complete()
    {
        if (Calls < unseen || TryNext(out _))
        {
            throw new ImportRefusedException(
                $"The source holds less than what was imported from it before: something was taken away, or is damaged. {Cure}");
        }
    }

    private bool TryNext(out JournalRecord record)
    {
        record = default;
        if (_isAtEnd)
        {
            return false;
        }

        _isAtEnd = !TryNext(known, out record);
        return !_isAtEnd;
    }

    /// <summary>Statuses and samples are the host's own, and what is for one backend alone was not imported.</summary>
    public static bool TryNext(RunReader known, out JournalRecord record)
    {
        while (known.TryRead(out record))
        {
            if (record.Kind is not (RecordKind.Status or RecordKind.Sample) && record.Target is null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(in JournalRecord record, ReadOnlySpan<Metric> metrics)
    {
        if (record.Metrics.Length != metrics.Length)
        {
            return false;
        }

        for (var i = 0; i < metrics.Length; i++)
        {
            var (before, now) = (record.Metrics[i], metrics[i]);
            if (BitConverter.DoubleToInt64Bits(before.Value) != BitConverter.DoubleToInt64Bits(now.Value) || before.Name != now.Name)
            {
                return false;
            }
        }

        return true;
    }

    private ImportRefusedException Changed(RecordKind kind) => new(
        $"The source is not the one that was imported before: its call {Calls:N0} differs from what the run has there ({kind}). "
        + $"It was written anew, or the run was logged to by something else. {Cure}");
}
