namespace PluginLoggers.Hosting.Journal;

/// <summary>What the journals of a run hold, counted in one pass through them.</summary>
internal sealed class JournalSurvey
{
    private readonly Dictionary<JournalPosition, long> _before;

    private JournalSurvey(IEnumerable<JournalPosition> marks) => _before = marks.Distinct().ToDictionary(mark => mark, _ => 0L);

    /// <summary>How many records there are.</summary>
    public long Records { get; private set; }

    /// <summary>The largest step; null if there is none.</summary>
    public long? LargestStep { get; private set; }

    /// <summary>The step of the last sample of system metrics, which counts for itself; null if there is none.</summary>
    public long? LastSample { get; private set; }

    /// <summary>When the last record was logged; null if there is none.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>How the run stands: what is logged after an end opens it again. Null if there is no record.</summary>
    public RunStatus? Status { get; private set; }

    /// <summary>Reads all records.</summary>
    /// <param name="journals">The journals.</param>
    /// <param name="marks">The positions of which is to be known how many records lie before them.</param>
    public static JournalSurvey Of(JournalFolder journals, params IEnumerable<JournalPosition> marks)
    {
        var survey = new JournalSurvey(marks);
        using var reader = new RunReader(journals, JournalPosition.Start);
        while (reader.TryRead(out var record))
        {
            survey.Count(record, reader.Position);
        }

        return survey;
    }

    /// <summary>The largest step of the run, of which one is known from journals that may be gone; null if there is none.</summary>
    public long? LargestStepSince(long? known) => LargestStep > known ? LargestStep : known ?? LargestStep;

    /// <summary>How many records lie before one of the marks.</summary>
    public long RecordsBefore(JournalPosition mark) => _before[mark];

    private void Count(in JournalRecord record, JournalPosition end)
    {
        Records++;
        Last = record.Time;
        Status = record.Kind == RecordKind.Status && record.Body is [var status] && Enum.IsDefined((RunStatus)status)
            ? (RunStatus)status
            : RunStatus.Running;
        foreach (var mark in _before.Keys)
        {
            // By its end: a mark at the beginning of a file lies behind what was read before it, and the reader gets there only with the
            // next record.
            if (end.CompareTo(mark) <= 0)
            {
                _before[mark]++;
            }
        }

        if (record.Kind == RecordKind.Sample)
        {
            LastSample = record.Step;
            return;
        }

        if (record.HasStep)
        {
            LargestStep = Math.Max(LargestStep ?? long.MinValue, record.Step);
        }
    }
}
