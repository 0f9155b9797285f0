namespace PluginLoggers.MLflow.StandIn;

/// <summary>A file that was uploaded.</summary>
/// <param name="Length">Its length.</param>
/// <param name="Content">Its first 16 MiB; the rest is only counted.</param>
public sealed record StoredArtifact(long Length, byte[] Content);
