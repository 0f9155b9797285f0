using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary><c>experiments/...</c></summary>
internal static class ExperimentRoutes
{
    public static Answer Create(Call call)
    {
        Required.Fields(call.Json, "name");
        var request = call.Read();
        Names.ExperimentName(request.Text("name"));
        var location = request.Has("artifact_location") ? request.Text("artifact_location") : null;
        var experiment = call.Store.AddExperiment(request.Text("name"), location);
        experiment.Tags.AddRange(request.List("tags").Select(tag => KeyValuePair.Create(tag.Text("key"), tag.Text("value"))));
        return Answer.Json(new JsonObject { ["experiment_id"] = experiment.Id });
    }

    /// <summary>A deleted one is found too.</summary>
    public static Answer GetByName(Call call)
    {
        Required.Fields(call.Json, "experiment_name");
        var name = call.Read().Text("experiment_name");
        var experiment = call.Store.Experiments.Find(experiment => experiment.Name == name)
            ?? throw ApiException.Missing($"Could not find experiment with name '{name}'");
        return Answer.Json(new JsonObject { ["experiment"] = Views.Of(experiment) });
    }

    public static Answer Get(Call call)
    {
        Required.Fields(call.Json, "experiment_id");
        return Answer.Json(new JsonObject { ["experiment"] = Views.Of(call.Store.Experiment(call.Read().Text("experiment_id"))) });
    }

    /// <summary>All that are not deleted, the newest first; filters and orders are not known here.</summary>
    public static Answer Search(Call call)
    {
        Required.Fields(call.Json, "max_results");
        var request = call.Read();
        var (offset, size) = (Paging.Offset(request.Text("page_token")), (int)request.Integer("max_results"));
        var found = call.Store.Experiments.Where(experiment => !experiment.IsDeleted).Reverse().ToArray();
        var view = new JsonObject();
        Views.AddList(view, "experiments", found.Skip(offset).Take(size).Select(Views.Of));
        if (offset + size < found.Length)
        {
            view["next_page_token"] = Paging.Token(offset + size);
        }

        return Answer.Json(view);
    }

    public static Answer Delete(Call call)
    {
        Required.Fields(call.Json, "experiment_id");
        call.Store.ActiveExperiment(call.Read().Text("experiment_id")).IsDeleted = true;
        return Answer.Empty;
    }

    public static Answer Restore(Call call)
    {
        Required.Fields(call.Json, "experiment_id");
        call.Store.Experiment(call.Read().Text("experiment_id")).IsDeleted = false;
        return Answer.Empty;
    }
}
