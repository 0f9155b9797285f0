namespace PluginLoggers.Hosting.Delivery;

/// <summary>What a delivery loop last knew of its backend.</summary>
internal sealed record DeliveryState
{
    public LoggerFeatures Features { get; init; }

    public string? Location { get; init; }

    public long Failures { get; init; }

    public string? LastFailure { get; init; }

    /// <summary>When the first failure since the last success was, as a timestamp.</summary>
    public long FailingSince { get; init; }

    /// <summary>When a failure last changed what is tried next, as a timestamp.</summary>
    public long TriedAnew { get; init; }

    /// <summary>Whether the cursor has moved in this process.</summary>
    public bool HasMoved { get; init; }

    /// <summary>When it last moved, as a timestamp.</summary>
    public long LastMove { get; init; }

    public TimeSpan LongestSave { get; init; }

    /// <summary>How many bytes of the journal were passed over because they are damaged, as far as this process read them.</summary>
    public long DamagedBytes { get; init; }

    /// <summary>How many records could not be read though their block is whole.</summary>
    public long UnreadableRecords { get; init; }
}
