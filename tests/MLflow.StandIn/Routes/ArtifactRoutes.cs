using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>Artifacts: uploads and downloads through the server, and the two ways to list them.</summary>
internal static class ArtifactRoutes
{
    private const int KeptBytes = 16 * 1024 * 1024;

    /// <summary>Whether there is such a run, or what is in the path before it, is not looked at.</summary>
    public static async Task<StoredArtifact> ReceiveAsync(Stream body, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var piece = new byte[128 * 1024];
        long length = 0;
        for (int read; (read = await body.ReadAsync(piece, cancellationToken)) > 0; length += read)
        {
            kept.Write(piece, 0, (int)Math.Clamp(KeptBytes - length, 0, read));
        }

        return new StoredArtifact(length, kept.ToArray());
    }

    public static Answer Get(TrackingStore store, string path) => store.Artifacts.TryGetValue(path, out var artifact)
        ? new Answer(200, "application/octet-stream", artifact.Content)
        : throw new ApiException(500, "INTERNAL_ERROR",
            $"The following failures occurred while downloading one or more artifacts from /srv:\n"
            + $"##### File {path} #####\n[Errno 2] No such file or directory: '/srv/{path}'");

    /// <summary>Base names, of a path below the server's artifact root.</summary>
    public static Answer ListAll(Call call)
    {
        var folder = ArtifactPath.Decode(call.Read().Text("path"));
        var view = new JsonObject();
        Views.AddList(view, "files", Children(call.Store, folder, ""));
        return Answer.Json(view);
    }

    /// <summary>Paths relative to the run.</summary>
    public static Answer ListRun(Call call)
    {
        Required.Run(call.Json);
        var request = call.Read();
        var run = call.Store.Run(request.RunId);
        var path = ArtifactPath.Decode(request.Text("path"));
        var root = run.ArtifactUri.Replace("mlflow-artifacts:/", "", StringComparison.Ordinal);
        var view = new JsonObject { ["root_uri"] = run.ArtifactUri };
        Views.AddList(view, "files", Children(call.Store, path.Length > 0 ? $"{root}/{path}" : root, path.Length > 0 ? path + "/" : ""));
        return Answer.Json(view);
    }

    /// <summary>Paths relative to the model.</summary>
    public static Answer ListModel(Call call, string id)
    {
        var uri = call.Store.Model(id).ArtifactUri;
        var view = new JsonObject { ["root_uri"] = uri };
        Views.AddList(view, "files", Children(call.Store, uri.Replace("mlflow-artifacts:/", "", StringComparison.Ordinal), ""));
        return Answer.Json(view);
    }

    private static IEnumerable<JsonObject> Children(TrackingStore store, string folder, string prefix) =>
        from artifact in store.Artifacts
        where artifact.Key.StartsWith(folder + "/", StringComparison.Ordinal)
        let rest = artifact.Key[(folder.Length + 1)..].Split('/', 2)
        group (artifact.Value, IsFolder: rest.Length > 1) by rest[0] into child
        let first = child.First()
        select View(prefix + child.Key, first.IsFolder, first.Value.Length);

    /// <summary>A length of 0 is left out, as every default is.</summary>
    private static JsonObject View(string path, bool isFolder, long length)
    {
        var view = new JsonObject { ["path"] = path, ["is_dir"] = isFolder };
        if (!isFolder && length > 0)
        {
            view["file_size"] = length;
        }

        return view;
    }
}
