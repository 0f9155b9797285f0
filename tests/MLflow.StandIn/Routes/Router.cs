namespace PluginLoggers.MLflow.StandIn;

/// <summary>Finds the route of a request: by its exact path, since a slash at its end makes another one.</summary>
internal sealed class Router(TrackingStore store, ServerVersion version, string versionText)
{
    private const string Api = "/api/2.0/mlflow/";
    private const string AjaxApi = "/ajax-api/2.0/mlflow/";
    private const string ArtifactApi = "/api/2.0/mlflow-artifacts/artifacts";

    private static readonly Dictionary<(string Verb, string Route), Func<Call, Answer>> Routes = new()
    {
        [("POST", "experiments/create")] = ExperimentRoutes.Create,
        [("GET", "experiments/get-by-name")] = ExperimentRoutes.GetByName,
        [("GET", "experiments/get")] = ExperimentRoutes.Get,
        [("POST", "experiments/search")] = ExperimentRoutes.Search,
        [("POST", "experiments/delete")] = ExperimentRoutes.Delete,
        [("POST", "experiments/restore")] = ExperimentRoutes.Restore,
        [("POST", "runs/create")] = RunRoutes.Create,
        [("GET", "runs/get")] = RunRoutes.Get,
        [("POST", "runs/update")] = RunRoutes.Update,
        [("POST", "runs/delete")] = RunRoutes.Delete,
        [("POST", "runs/restore")] = RunRoutes.Restore,
        [("POST", "runs/search")] = SearchRoute.Search,
        [("POST", "runs/log-batch")] = BatchRoute.LogBatch,
        [("POST", "runs/log-metric")] = SingleRoutes.LogMetric,
        [("POST", "runs/log-parameter")] = SingleRoutes.LogParameter,
        [("POST", "runs/set-tag")] = SingleRoutes.SetTag,
        [("POST", "runs/delete-tag")] = SingleRoutes.DeleteTag,
        [("POST", "runs/log-inputs")] = SingleRoutes.LogInputs,
        [("GET", "metrics/get-history")] = HistoryRoute.GetHistory,
        [("GET", "artifacts/list")] = ArtifactRoutes.ListRun,
    };

    private static readonly Dictionary<(string Verb, string Route), Func<Call, Answer>> RoutesOfV3 = new()
    {
        [("POST", "logged-models")] = LoggedModelRoutes.Create,
        [("POST", "logged-models/search")] = LoggedModelRoutes.Search,
        [("POST", "runs/outputs")] = LoggedModelRoutes.LogOutputs,
    };

    /// <summary>What stands behind <c>logged-models/ID</c>.</summary>
    private static readonly Dictionary<(string Verb, string Tail), Func<Call, string, Answer>> RoutesOfModels = new()
    {
        [("GET", "")] = LoggedModelRoutes.Get,
        [("PATCH", "")] = LoggedModelRoutes.Finalize,
        [("PATCH", "/tags")] = LoggedModelRoutes.SetTags,
        [("POST", "/params")] = LoggedModelRoutes.LogParams,
        [("GET", "/artifacts/directories")] = ArtifactRoutes.ListModel,
    };

    public async Task<Answer> AnswerAsync(string verb, string target, string? contentType, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var (path, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : path;
            return path switch
            {
                "/version" => Answer.Text(versionText),
                "/health" => Answer.Text("OK"),
                _ when path.StartsWith(ArtifactApi, StringComparison.Ordinal) =>
                    await ArtifactAsync(verb, path, query, body, cancellationToken),
                _ => await ApiAsync(verb, path, query, contentType, body, cancellationToken),
            };
        }
        catch (ApiException refusal)
        {
            return Answer.Of(refusal);
        }
        catch (HtmlErrorException error)
        {
            return Answer.Of(error);
        }
    }

    private async Task<Answer> ApiAsync(string verb, string path, string query, string? contentType, Stream body,
        CancellationToken cancellationToken)
    {
        var route = path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..]
            : path.StartsWith(AjaxApi, StringComparison.Ordinal) ? path[AjaxApi.Length..] : throw new HtmlErrorException(404);
        var answer = Find(verb, route) ?? throw new HtmlErrorException(Routes.Keys.Any(known => known.Route == route) ? 405 : 404);

        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        var json = verb == "GET"
            ? RequestBody.OfQuery(query) : RequestBody.Of(bytes.ToArray(), contentType, isBatch: route == "runs/log-batch");
        lock (store)
        {
            return answer(new Call(store, version, json));
        }
    }

    private Func<Call, Answer>? Find(string verb, string route)
    {
        const string Models = "logged-models/";
        if (Routes.TryGetValue((verb, route), out var answer)
            || (version == ServerVersion.V3 && RoutesOfV3.TryGetValue((verb, route), out answer)))
        {
            return answer;
        }

        if (version == ServerVersion.V3 && route.StartsWith(Models, StringComparison.Ordinal))
        {
            var end = route.IndexOf('/', Models.Length) is var slash && slash < 0 ? route.Length : slash;
            return RoutesOfModels.TryGetValue((verb, route[end..]), out var ofModel)
                ? call => ofModel(call, route[Models.Length..end])
                : null;
        }

        return null;
    }

    private async Task<Answer> ArtifactAsync(string verb, string path, string query, Stream body, CancellationToken cancellationToken)
    {
        if (path.Length == ArtifactApi.Length && verb == "GET")
        {
            lock (store)
            {
                return ArtifactRoutes.ListAll(new Call(store, version, RequestBody.OfQuery(query)));
            }
        }

        var name = ArtifactPath.Decode(path[ArtifactApi.Length..]);
        var received = verb == "PUT" ? await ArtifactRoutes.ReceiveAsync(body, cancellationToken) : null;
        lock (store)
        {
            switch (verb)
            {
                case "PUT":
                    store.Artifacts[name] = received!;
                    return Answer.Empty;
                case "DELETE":
                    store.Artifacts.Remove(name);
                    return Answer.Empty;
                case "GET":
                    return ArtifactRoutes.Get(store, name);
                default:
                    throw new HtmlErrorException(405);
            }
        }
    }
}
