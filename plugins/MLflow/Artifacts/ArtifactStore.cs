namespace PluginLoggers.MLflow;

/// <summary>Finds the place of a run's artifacts by the URI that the server gives.</summary>
internal static class ArtifactStore
{
    /// <summary>The place; null, told with its reason, where a plain client cannot write.</summary>
    /// <param name="artifactUri">The URI.</param>
    /// <param name="depth">How many folders up the one is that must be there, where it is a path.</param>
    /// <param name="server">The server that gave it.</param>
    /// <param name="http">Speaks to it.</param>
    /// <param name="report">Tells the user.</param>
    public static IArtifactStore? Find(string? artifactUri, int depth, TrackingServer server, TrackingHttp http, Action<string> report)
    {
        if (ProxyArtifactStore.TryCreate(artifactUri, server, http) is { } proxy)
        {
            return proxy;
        }

        if (FolderArtifactStore.TryCreate(artifactUri, depth) is { } folder)
        {
            return folder;
        }

        var place = artifactUri?.Split("://") is [not "file" and var scheme, _]
            ? $"'{scheme}' storage" : "a folder that this machine does not see";
        report($"The artifacts of this MLflow run lie in {place}, and are skipped. Let the server pass them on: "
            + "start it with --serve-artifacts, and give the experiment an artifact location that begins with mlflow-artifacts:.");
        return null;
    }
}
