namespace PluginLoggers.Hosting;

/// <summary>A run on disk, and how far each of its backends is. A snapshot, read without disturbing whoever writes the run.</summary>
public sealed record RunSummary
{
    /// <summary>The run's folder, an absolute path.</summary>
    public required string Directory { get; init; }

    /// <summary>The name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the run.</summary>
    public required string Version { get; init; }

    /// <summary>What tells the run from every other; null if its record cannot be read.</summary>
    public string? RunId { get; init; }

    /// <summary>How the run stands; <see cref="RunStatus.Running"/> in one that nobody writes is an interrupted one.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Who writes the run now; null for nobody.</summary>
    public string? Writer { get; init; }

    /// <summary>Whether the process that wrote the run died, and nobody has ended it.</summary>
    public bool IsInterrupted => Status == RunStatus.Running && Writer is null && Problem is null;

    /// <summary>Whether records were dropped because the journal's disk refused them.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>When the run was first opened.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The backends that were ever attached.</summary>
    public IReadOnlyList<LoggerDelivery> Deliveries { get; init; } = [];

    /// <summary>Why the run cannot be read; null if it can.</summary>
    public string? Problem { get; init; }
}
