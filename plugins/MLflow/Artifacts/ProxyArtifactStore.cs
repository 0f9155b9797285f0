namespace PluginLoggers.MLflow;

/// <summary>Uploads through a tracking server, which keeps the files wherever it was told to.</summary>
internal sealed class ProxyArtifactStore : IArtifactStore
{
    private const string Scheme = "mlflow-artifacts:";
    private readonly TrackingHttp _http;
    private readonly string _root;

    private ProxyArtifactStore(TrackingHttp http, string root) => (_http, _root) = (http, root);

    /// <summary>For <c>mlflow-artifacts:/path</c>, or with a host of its own, which is spoken to as the tracking server is.</summary>
    public static ProxyArtifactStore? TryCreate(string? artifactUri, TrackingServer server, TrackingHttp http)
    {
        if (artifactUri is null || !artifactUri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = artifactUri[Scheme.Length..];
        var address = server.Display;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            var end = rest.IndexOf('/', 2);
            address = $"{server.Address.Scheme}://{(end < 0 ? rest[2..] : rest[2..end])}{server.Address.AbsolutePath.TrimEnd('/')}";
            rest = end < 0 ? "" : rest[end..];
        }

        return new ProxyArtifactStore(http, $"{address}/api/2.0/mlflow-artifacts/artifacts/{ArtifactName.Encode(rest.Trim('/'))}");
    }

    public Task PutAsync(string name, Func<Stream> open, CancellationToken cancellationToken) =>
        _http.PutAsync(new Uri($"{_root}/{ArtifactName.Encode(name)}"), $"artifact {name}", open, MediaType(name), cancellationToken);

    private static string MediaType(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".JSON" => "application/json",
        ".TXT" or ".MD" => "text/plain",
        ".PNG" => "image/png",
        ".JPG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WAV" => "audio/wav",
        _ => "application/octet-stream",
    };
}
