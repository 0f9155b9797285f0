namespace PluginLoggers.MLflow;

/// <summary>Writes into a folder that client and server share; the server only reads there.</summary>
internal sealed class FolderArtifactStore : IArtifactStore
{
    private readonly string _root;

    private FolderArtifactStore(string root) => _root = root;

    /// <summary>
    /// For <c>file:///folder</c> and plain paths. The folder of the experiments must be there: a path of another machine would be made
    /// here, and nobody would find it.
    /// </summary>
    /// <param name="artifactUri">The URI or path.</param>
    /// <param name="depth">How many folders up that one is.</param>
    public static FolderArtifactStore? TryCreate(string? artifactUri, int depth)
    {
        var path = Uri.TryCreate(artifactUri, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : artifactUri;

        return path is not null && Path.IsPathFullyQualified(path)
            && Directory.Exists(Path.GetFullPath(Path.Combine([path, .. Enumerable.Repeat("..", depth)])))
            ? new FolderArtifactStore(path)
            : null;
    }

    public async Task PutAsync(string name, Func<Stream> open, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".part";
        var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (target.ConfigureAwait(false))
        {
            var content = open();
            await using (content.ConfigureAwait(false))
            {
                await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }

            target.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
