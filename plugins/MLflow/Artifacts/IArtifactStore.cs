namespace PluginLoggers.MLflow;

/// <summary>Where the artifacts of one run are kept.</summary>
internal interface IArtifactStore
{
    /// <summary>Stores a file, in place of one of that name.</summary>
    /// <param name="name">Its path among the run's artifacts, escaped by <see cref="ArtifactName"/>.</param>
    /// <param name="open">Opens the content; called again if it has to be sent again.</param>
    /// <param name="cancellationToken">Cancels the storing.</param>
    Task PutAsync(string name, Func<Stream> open, CancellationToken cancellationToken);
}
