using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary><c>runs/create</c>, <c>get</c>, <c>update</c>, <c>delete</c>, <c>restore</c>.</summary>
internal static class RunRoutes
{
    private const string NameTag = "mlflow.runName";

    /// <summary>Tags are not looked at: any key and any length goes in, only a key twice fails, in the database.</summary>
    public static Answer Create(Call call)
    {
        var request = call.Read();
        if (request.Text("experiment_id") is not { Length: > 0 } experimentId)
        {
            throw ApiException.Database("FOREIGN KEY constraint failed");
        }

        var experiment = call.Store.ActiveExperiment(experimentId);
        var tags = request.List("tags");
        var named = tags.Find(tag => tag.Text("key") == NameTag)?.Text("value");
        var name = request.Text("run_name");
        if (name.Length > 0 && named is not null && named != name)
        {
            throw ApiException.Invalid(
                $"Both 'run_name' argument and '{NameTag}' tag are specified, but with different values (run_name='{name}', {NameTag}='{named}').");
        }

        var id = Guid.NewGuid().ToString("N");
        var run = new StoredRun
        {
            Id = id,
            ExperimentId = experiment.Id,
            ArtifactUri = $"{experiment.ArtifactLocation}/{id}/artifacts",
            Name = name.Length > 0 ? name : named ?? $"made-up-{id[..3]}",
            UserId = request.Text("user_id"),
            StartTime = request.Integer("start_time"),
        };
        if (!tags.TrueForAll(tag => run.TagTable.TryAdd(tag.Text("key"), tag.Text("value"))))
        {
            throw ApiException.Database("UNIQUE constraint failed: tags.key, tags.run_uuid");
        }

        run.TagTable[NameTag] = run.Name;
        call.Store.Runs.Add(run);
        var view = Views.Of(run);
        if (call.Version == ServerVersion.V2)
        {
            view.Remove("inputs");
        }

        return Answer.Json(new JsonObject { ["run"] = view });
    }

    public static Answer Get(Call call)
    {
        Required.Run(call.Json);
        return Answer.Json(new JsonObject { ["run"] = Views.Of(call.Store.Run(call.Read().RunId)) });
    }

    /// <summary>A status that is unknown is as good as not there, and takes what follows it along.</summary>
    public static Answer Update(Call call)
    {
        Required.Run(call.Json);
        var request = call.Read();
        var run = call.Store.ActiveRun(request.RunId);
        run.Status = request.Has("status") ? request.Text("status") : run.Status;
        run.EndTime = request.Has("end_time") ? request.Integer("end_time") : run.EndTime;
        if (request.Text("run_name") is { Length: > 0 } name)
        {
            run.Name = run.TagTable[NameTag] = name;
        }

        return Answer.Json(new JsonObject { ["run_info"] = Views.Info(run) });
    }

    public static Answer Delete(Call call)
    {
        Required.Run(call.Json);
        call.Store.ActiveRun(call.Read().RunId).IsDeleted = true;
        return Answer.Empty;
    }

    public static Answer Restore(Call call)
    {
        Required.Run(call.Json);
        call.Store.Run(call.Read().RunId).IsDeleted = false;
        return Answer.Empty;
    }
}
