namespace PluginLoggers.Hosting;

/// <summary>What came of importing a run.</summary>
public sealed record ImportedRun
{
    /// <summary>What was imported.</summary>
    public required FoundRun Source { get; init; }

    /// <summary>The run as it stands afterwards; null if it could not be opened.</summary>
    public RunSummary? Run { get; init; }

    /// <summary>How many calls the source made: each is a record of the run.</summary>
    public long Calls { get; init; }

    /// <summary>How many of them the run did not have before.</summary>
    public long NewCalls { get; init; }

    /// <summary>What no logger could take, and how often.</summary>
    public IReadOnlyDictionary<string, long> Skipped { get; init; } = new Dictionary<string, long>();

    /// <summary>What could not be read; the first hundred places.</summary>
    public IReadOnlyList<ImportDamage> Damages { get; init; } = [];

    /// <summary>At how many places something could not be read.</summary>
    public long DamageCount { get; init; }

    /// <summary>Why it was not imported, or not to its end; null if it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether everything that the source holds is in the run.</summary>
    public bool IsWhole => Failure is null && DamageCount == 0;

    /// <summary>Whether every backend has everything.</summary>
    public bool IsDelivered => Run is { Problem: null } && Run.Deliveries.All(delivery => delivery is { IsComplete: true, DeadLetters: 0 });
}
