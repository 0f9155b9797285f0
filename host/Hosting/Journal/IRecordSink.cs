namespace PluginLoggers.Hosting.Journal;

/// <summary>What encoded records go to: the journal, or what stands before it.</summary>
internal interface IRecordSink
{
    /// <summary>Takes the metrics of one call.</summary>
    /// <param name="target">For which backend.</param>
    /// <param name="metrics">The metrics; none is no call.</param>
    /// <param name="step">The step; null for the next one.</param>
    void AppendMetrics(int target, ReadOnlySpan<Metric> metrics, long? step);

    /// <summary>Takes a record of another kind.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="target">For which backend.</param>
    /// <param name="body">Its encoded body.</param>
    /// <param name="step">The step; null for the next one, or without a step for the largest one so far.</param>
    /// <param name="hasStep">Whether the step is one of the run's, and not only where the record is shown.</param>
    void Append(RecordKind kind, int target, RecordBuffer body, long? step = null, bool hasStep = true);
}
