namespace PluginLoggers.Hosting;

/// <summary>What came of synchronizing a run.</summary>
/// <param name="Run">The run as it stands afterwards.</param>
/// <param name="Notes">What could not be done, and why, in sentences.</param>
/// <param name="IsLeftAlone">Whether nothing was done because another process writes the run.</param>
public sealed record SynchronizedRun(RunSummary Run, IReadOnlyList<string> Notes, bool IsLeftAlone = false)
{
    /// <summary>
    /// How many bytes of the run's journal were passed over because they are damaged: what stood there is not delivered. Counted is what
    /// was read this time, by the logger that had to read the most.
    /// </summary>
    public long DamagedBytes { get; init; }

    /// <summary>How many records were not delivered because damage elsewhere made them unreadable; counted likewise.</summary>
    public long UnreadableRecords { get; init; }

    /// <summary>Whether a part of what was to be delivered is lost to damage.</summary>
    public bool IsDamaged => DamagedBytes > 0 || UnreadableRecords > 0;

    /// <summary>Whether everything that was asked for is where it belongs.</summary>
    public bool IsComplete => !IsLeftAlone && !IsDamaged && Notes.Count == 0 && Run.Problem is null;
}
