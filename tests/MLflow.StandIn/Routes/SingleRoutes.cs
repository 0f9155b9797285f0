namespace PluginLoggers.MLflow.StandIn;

/// <summary>One metric, param, tag or dataset at a time.</summary>
internal static class SingleRoutes
{
    private const int MaxDigest = 36;

    public static Answer LogMetric(Call call)
    {
        Required.Run(call.Json);
        Required.Fields(call.Json, "key", "value", "timestamp");
        Required.Number(call.Json, "value");
        var metric = call.Read(Schema.MetricRequest);
        Names.Metric(metric.Text("key"), "name");
        LargeBatchesThatAreSentAgainFail.Insert(call.Store.ActiveRun(metric.RunId).MetricTable, [DatabaseHoldsNoInfinities.Row(metric)]);
        LoggedModelRoutes.Link(call, metric.RunId, metric);
        return Answer.Empty;
    }

    public static Answer LogParameter(Call call)
    {
        Required.Run(call.Json);
        Required.Fields(call.Json, "key");
        Required.Text(call.Json, "value");
        var param = call.Read(Schema.PairRequest);
        Names.Param(param.Text("key"), "key");
        var run = call.Store.ActiveRun(param.RunId);
        if (run.ParamTable.TryGetValue(param.Text("key"), out var old) && old != param.Text("value"))
        {
            throw ApiException.Invalid($"Changing param values is not allowed. Param with key='{param.Text("key")}' was already logged with value='{old}' "
                + $"for run ID='{run.Id}'. Attempted logging new value '{param.Text("value")}'.");
        }

        Write.Params(run, [param]);
        return Answer.Empty;
    }

    public static Answer SetTag(Call call)
    {
        Required.Run(call.Json);
        Required.Fields(call.Json, "key");
        Required.Text(call.Json, "value");
        var tag = call.Read(Schema.PairRequest);
        Names.Tag(tag.Text("key"), "key");
        Write.Tag(call.Store.ActiveRun(tag.RunId), tag);
        return Answer.Empty;
    }

    public static Answer DeleteTag(Call call)
    {
        Required.Run(call.Json);
        Required.Fields(call.Json, "key");
        var tag = call.Read();
        return call.Store.ActiveRun(tag.RunId).TagTable.Remove(tag.Text("key"))
            ? Answer.Empty
            : throw ApiException.Missing($"No tag with name: {tag.Text("key")} in run with id {tag.RunId}");
    }

    /// <summary>A dataset is the same one if name and digest are.</summary>
    public static Answer LogInputs(Call call)
    {
        Required.Run(call.Json);
        if (call.Version == ServerVersion.V2)
        {
            Required.Fields(call.Json, "datasets");
        }

        var request = call.Read();
        var run = call.Store.ActiveRun(request.RunId);
        foreach (var dataset in request.List("datasets").SelectMany(input => input.List("dataset")))
        {
            Names.Length("'digest'", dataset.Text("digest"), MaxDigest);
        }

        foreach (var input in request.List("datasets"))
        {
            foreach (var dataset in input.List("dataset"))
            {
                run.Inputs.TryAdd((dataset.Text("name"), dataset.Text("digest")), Views.Input(dataset, input.List("tags")));
            }
        }

        if (call.Version == ServerVersion.V3)
        {
            run.ModelInputs.UnionWith(request.List("models").Select(model => model.Text("model_id")));
        }

        return Answer.Empty;
    }
}
