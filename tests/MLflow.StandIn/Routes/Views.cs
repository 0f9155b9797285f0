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
        var inputs = new JsonObject();
        AddList(inputs, "dataset_inputs", run.Inputs.Values.Select(input => (JsonObject)input.DeepClone()));
        AddList(inputs, "model_inputs", run.ModelInputs.Select(model => new JsonObject { ["model_id"] = model }));
        var view = new JsonObject { ["info"] = Info(run), ["data"] = data, ["inputs"] = inputs };
        if (run.Outputs.Count > 0)
        {
            var outputs = new JsonObject();
            AddList(outputs, "model_outputs",
                run.Outputs.Select(model => new JsonObject { ["model_id"] = model.Key, ["step"] = model.Value }));
            view["outputs"] = outputs;
        }

        return view;
    }

    public static JsonObject Input(Message dataset, IEnumerable<Message> tags)
    {
        var view = new JsonObject();
        AddList(view, "tags", tags.Select(tag => Pair(KeyValuePair.Create(tag.Text("key"), tag.Text("value")))));
        var described = new JsonObject();
        foreach (var field in (string[])["name", "digest", "source_type", "source", "schema", "profile"])
        {
            if (dataset.Has(field))
            {
                described[field] = dataset.Text(field);
            }
        }

        view["dataset"] = described;
        return view;
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

    public static JsonObject Pair(KeyValuePair<string, string> pair) => new() { ["key"] = pair.Key, ["value"] = pair.Value };
}
