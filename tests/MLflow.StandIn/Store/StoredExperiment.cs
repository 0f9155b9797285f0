namespace PluginLoggers.MLflow.StandIn;

/// <summary>An experiment, as the server holds it.</summary>
public sealed class StoredExperiment
{
    /// <summary>A small number, as text.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the artifacts of its runs are.</summary>
    public required string ArtifactLocation { get; init; }

    /// <summary>Whether it was deleted; it takes no runs then, and its name stays taken.</summary>
    public bool IsDeleted { get; internal set; }

    internal List<KeyValuePair<string, string>> Tags { get; } = [];
}
