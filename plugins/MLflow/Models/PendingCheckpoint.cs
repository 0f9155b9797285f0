namespace PluginLoggers.MLflow;

/// <summary>A checkpoint that is to become a logged model.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Name">The name of the model.</param>
/// <param name="Artifact">Its files, by their path among the model's artifacts.</param>
/// <param name="Metadata">What is known of it, as a file.</param>
/// <param name="Milliseconds">When it was logged, since 1970.</param>
internal sealed record PendingCheckpoint(
    Checkpoint Checkpoint, string Name, PendingArtifact Artifact, PendingArtifact Metadata, long Milliseconds)
{
    /// <summary>What tells it from others of its name; the same whenever it is delivered.</summary>
    public string Identity => FormattableString.Invariant($"{Name}/{Checkpoint.Step ?? 0}/{Milliseconds}");
}
