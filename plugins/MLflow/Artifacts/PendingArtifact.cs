namespace PluginLoggers.MLflow;

/// <summary>An artifact that is to be stored.</summary>
/// <param name="Name">Its path among the run's artifacts, as the server takes it.</param>
/// <param name="Content">Its bytes, if it lies in memory.</param>
/// <param name="Source">The file or folder, if it lies on disk.</param>
internal sealed record PendingArtifact(string Name, ReadOnlyMemory<byte> Content, string? Source = null)
{
    public PendingArtifact(string name, string source)
        : this(name, default, source)
    {
    }
}
