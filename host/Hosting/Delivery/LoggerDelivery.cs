namespace PluginLoggers.Hosting;

/// <summary>How far the delivery of a run to one backend is. A snapshot.</summary>
public sealed record LoggerDelivery
{
    /// <summary>The logger's key in the configuration.</summary>
    public required string Key { get; init; }

    /// <summary>The alias of its plug-in.</summary>
    public required string Type { get; init; }

    /// <summary>Where a person can look at the output; null where there is nothing to look at.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the backend has everything that was logged before the snapshot.</summary>
    public bool IsComplete { get; init; }

    /// <summary>How many records the backend has.</summary>
    public long DeliveredRecords { get; init; }

    /// <summary>How many bytes of the journal are behind its cursor; 0 when it is complete.</summary>
    public long UndeliveredBytes { get; init; }

    /// <summary>How many records it was not given, because it cannot show such.</summary>
    public long UnsupportedRecords { get; init; }

    /// <summary>How many records, or metrics of one, it refused for good; they are listed in the run's folder.</summary>
    public long DeadLetters { get; init; }

    /// <summary>How many bytes of the journal were passed over because they are damaged, as far as this process read them.</summary>
    public long DamagedBytes { get; init; }

    /// <summary>How many records could not be read because of damage elsewhere.</summary>
    public long UnreadableRecords { get; init; }

    /// <summary>How many times delivery failed and was begun again from the last save.</summary>
    public long Failures { get; init; }

    /// <summary>The last failure; null if there was none since the last success.</summary>
    public string? LastFailure { get; init; }

    /// <summary>Whether a call of the backend has not returned for so long that it was left behind.</summary>
    public bool Hangs { get; init; }
}
