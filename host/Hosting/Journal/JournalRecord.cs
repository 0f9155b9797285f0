namespace PluginLoggers.Hosting.Journal;

/// <summary>One record as it was read; valid until the next one is.</summary>
internal readonly ref struct JournalRecord
{
    public required RecordKind Kind { get; init; }

    /// <summary>The key of the backend that it is for; null for all.</summary>
    public required string? Target { get; init; }

    /// <summary>When it was logged.</summary>
    public required DateTimeOffset Time { get; init; }

    public required long Step { get; init; }

    /// <summary>Whether the step is one of the run's, so that a call without one gets the step after it.</summary>
    public required bool HasStep { get; init; }

    public bool HasMetrics => Kind is RecordKind.Metrics or RecordKind.Sample;

    /// <summary>The metrics of a call; empty in other kinds.</summary>
    public ReadOnlySpan<Metric> Metrics { get; init; }

    /// <summary>The encoded body of a kind other than metrics.</summary>
    public ReadOnlySpan<byte> Body { get; init; }
}
