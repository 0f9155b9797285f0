using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>Makes JSON of what is stored. Empty fields and lists are left out.</summary>
internal static class Views
{
    public static JsonObject Of(StoredExperiment experiment)
    {
        var view = new JsonObject
        {
            ["experiment_id"] = experiment.Id,
            ["name"] = experiment.Name,
            ["artifact_location"] = experiment.ArtifactLocation,
            ["lifecycle_stage"] = experiment.IsDeleted ? "deleted" : "active",
        };
        AddList(view, "tags", experiment.Tags.Select(Pair));
        return view;
    }

    public static JsonObject Info(StoredRun run)
    {
        var view = new JsonObject
        {
            ["run_uuid"] = run.Id,
            ["experiment_id"] = run.ExperimentId,
            ["run_name"] = run.Name,
            ["user_id"] = run.UserId,
            ["status"] = run.Status,
            ["start_time"] = run.StartTime,
            ["artifact_uri"] = run.ArtifactUri,
            ["lifecycle_stage"] = run.IsDeleted ? "deleted" : "active",
            ["run_id"] = run.Id,
        };
        if (run.EndTime is { } end)
        {
            view["end_time"] = end;
        }

        return view;
    }

    public static JsonObject Of(StoredRun run)
    {
        var data = new JsonObject();
        AddList(data, "metrics", run.MetricTable.Latest().Select(Point));
        AddList(data, "params", run.ParamTable.Select(Pair));
        AddList(data, "tags", run.TagTable.Select(Pair));
        return new JsonObject { ["info"] = Info(run), ["data"] = data, ["inputs"] = new JsonObject() };
    }

    public static JsonObject Point(MetricRow row) => new()
    {
        ["key"] = row.Key,
        ["value"] = row.IsNaN ? "NaN" : JsonValue.Create(row.StoredValue),
        ["timestamp"] = row.Timestamp,
        ["step"] = row.Step,
    };

    public static void AddList(JsonObject view, string name, IEnumerable<JsonObject> items)
    {
        var list = new JsonArray([.. items]);
        if (list.Count > 0)
        {
            view[name] = list;
        }
    }

    private static JsonObject Pair(KeyValuePair<string, string> pair) => new() { ["key"] = pair.Key, ["value"] = pair.Value };
}
