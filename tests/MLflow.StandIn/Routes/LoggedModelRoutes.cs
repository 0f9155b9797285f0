using System.Buffers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow.StandIn;

/// <summary><c>logged-models/...</c> and <c>runs/outputs</c>: only of version 3.</summary>
internal static partial class LoggedModelRoutes
{
    private static readonly SearchValues<char> Refused = SearchValues.Create("/:.%\"'");

    public static Answer Create(Call call)
    {
        Required.Fields(call.Json, "experiment_id");
        var request = call.Read(Schema.ModelRequest);
        var experiment = call.Store.ActiveExperiment(request.Text("experiment_id"));
        var name = request.Text("name");
        if (name.AsSpan().IndexOfAny(Refused) >= 0 || (call.Json.ContainsKey("name") && name.Length == 0))
        {
            throw ApiException.Invalid($"Invalid model name ('{name}') provided. Model name must be a non-empty string and cannot contain "
                + "the following characters: ('/', ':', '.', '%', '\"', \"'\")");
        }

        var id = $"m-{Guid.NewGuid():N}";
        var model = new StoredModel
        {
            Id = id,
            ExperimentId = experiment.Id,
            Name = name.Length > 0 ? name : $"made-up-{id[2..5]}",
            ModelType = request.Text("model_type"),
            SourceRunId = request.Text("source_run_id"),
            ArtifactUri = $"{experiment.ArtifactLocation}/models/{id}/artifacts",
        };
        Add(model.Params, request.List("params"));
        Add(model.Tags, request.List("tags"));
        call.Store.Models.Add(model);
        return One(model);
    }

    public static Answer Get(Call call, string id) => One(call.Store.Model(id));

    public static Answer Finalize(Call call, string id)
    {
        Required.Fields(call.Json, "status");
        var model = call.Store.Model(id);
        model.Status = call.Read(Schema.ModelRequest).Text("status");
        return One(model);
    }

    public static Answer SetTags(Call call, string id)
    {
        Add(call.Store.Model(id).Tags, call.Read(Schema.ModelRequest).List("tags"));
        return Answer.Empty;
    }

    public static Answer LogParams(Call call, string id)
    {
        Add(call.Store.Model(id).Params, call.Read(Schema.ModelRequest).List("params"));
        return Answer.Empty;
    }

    /// <summary>With one comparison of the run as its filter.</summary>
    public static Answer Search(Call call)
    {
        var request = call.Read(Schema.ModelRequest);
        var filter = request.Text("filter");
        var run = RunFilter().Match(filter);
        if (filter.Length > 0 && !run.Success)
        {
            throw ApiException.Invalid($"Invalid clause(s) in filter string: '{filter}'");
        }

        var size = request.Has("max_results") ? (int)request.Integer("max_results") : 50;
        var offset = Paging.Offset(request.Text("page_token"));
        var models = call.Store.Models.Where(model => request.Texts("experiment_ids").Contains(model.ExperimentId)
            && (filter.Length == 0 || model.SourceRunId == run.Groups["run"].Value)).ToArray();
        var view = new JsonObject();
        Views.AddList(view, "models", models.Skip(offset).Take(size).Select(View));
        if (offset + size < models.Length)
        {
            view["next_page_token"] = Paging.Token(offset + size);
        }

        return Answer.Json(view);
    }

    public static Answer LogOutputs(Call call)
    {
        Required.Run(call.Json);
        var request = call.Read();
        var run = call.Store.ActiveRun(request.RunId);
        var outputs = request.List("models").Select(model => KeyValuePair.Create(model.Text("model_id"), model.Integer("step"))).ToArray();
        if (outputs.Any(output => run.Outputs.ContainsKey(output.Key)))
        {
            throw ApiException.Database(
                "UNIQUE constraint failed: inputs.source_type, inputs.source_id, inputs.destination_type, inputs.destination_id");
        }

        foreach (var (model, step) in outputs)
        {
            run.Outputs[model] = step;
        }

        return Answer.Empty;
    }

    /// <summary>A point that names a model is stored there too; that the model is not there is no mistake.</summary>
    public static void Link(Call call, string runId, Message metric)
    {
        if (call.Version == ServerVersion.V3 && call.Store.Models.Find(model => model.Id == metric.Text("model_id")) is { } model)
        {
            var point = new ModelPoint(
                DatabaseHoldsNoInfinities.Row(metric), runId, metric.Text("dataset_name"), metric.Text("dataset_digest"));
            if (!model.Metrics.Contains(point))
            {
                model.Metrics.Add(point);
            }
        }
    }

    private static Answer One(StoredModel model) => Answer.Json(new JsonObject { ["model"] = View(model) });

    private static JsonObject View(StoredModel model)
    {
        var info = new JsonObject
        {
            ["model_id"] = model.Id,
            ["experiment_id"] = model.ExperimentId,
            ["name"] = model.Name,
            ["artifact_uri"] = model.ArtifactUri,
            ["status"] = model.Status,
            ["model_type"] = model.ModelType,
            ["source_run_id"] = model.SourceRunId,
        };
        Views.AddList(info, "tags", model.Tags.Select(Views.Pair));
        var data = new JsonObject();
        Views.AddList(data, "params", model.Params.Select(Views.Pair));
        Views.AddList(data, "metrics", model.Metrics.Select(point => View(model, point)));
        return new JsonObject { ["info"] = info, ["data"] = data };
    }

    private static JsonObject View(StoredModel model, ModelPoint point)
    {
        var view = Views.Point(point.Row);
        view["model_id"] = model.Id;
        view["run_id"] = point.RunId;
        if (point.DatasetName.Length > 0)
        {
            (view["dataset_name"], view["dataset_digest"]) = (point.DatasetName, point.DatasetDigest);
        }

        return view;
    }

    private static void Add(OrderedDictionary<string, string> to, IEnumerable<Message> pairs)
    {
        foreach (var pair in pairs)
        {
            to[pair.Text("key")] = pair.Text("value");
        }
    }

    [GeneratedRegex(@"^source_run_id\s*=\s*'(?<run>[^']*)'$")]
    private static partial Regex RunFilter();
}
