namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// <c>runs/log-batch</c>. Everything is looked at before anything is written; then params, metrics and tags are written, each part for
/// itself, so that a failure leaves what came before it.
/// </summary>
internal static class BatchRoute
{
    public static Answer LogBatch(Call call)
    {
        Required.Run(call.Json);
        Required.Items(call.Json, "metrics", "key", "value", "timestamp");
        Required.Items(call.Json, "params", "key");
        Required.Items(call.Json, "tags", "key");
        var batch = call.Read();
        Names.RunId(batch.RunId);
        Check(batch);
        BatchLimits.Check(batch);

        var run = call.Store.ActiveRun(batch.RunId);
        Write.Params(run, batch.List("params"));
        LargeBatchesThatAreSentAgainFail.Insert(run.MetricTable, [.. batch.List("metrics").Select(DatabaseHoldsNoInfinities.Row)]);
        foreach (var metric in batch.List("metrics").Where(metric => metric.Has("model_id")))
        {
            LoggedModelRoutes.Link(call, batch.RunId, metric);
        }

        foreach (var tag in batch.List("tags"))
        {
            Write.Tag(run, tag);
        }

        return Answer.Empty;
    }

    private static void Check(Message batch)
    {
        foreach (var (i, metric) in batch.List("metrics").Index())
        {
            Names.Metric(metric.Text("key"), $"metrics[{i}].name");
            if (metric.Integer("timestamp") is < 0 and var timestamp)
            {
                throw ApiException.Invalid($"Invalid value {timestamp} for parameter 'metrics[{i}].timestamp' supplied: metric '{metric.Text("key")}' "
                    + $"(value={metric.Real("value")}). Timestamp must be a nonnegative long (64-bit integer) ");
            }
        }

        foreach (var (i, param) in batch.List("params").Index())
        {
            Names.Param(param.Text("key"), $"params[{i}].key");
        }

        foreach (var (i, tag) in batch.List("tags").Index())
        {
            Names.Tag(tag.Text("key"), $"tags[{i}].key");
        }

        string[] twice = [.. batch.List("params").GroupBy(param => param.Text("key")).Where(group => group.Count() > 1)
            .Select(group => $"'{group.Key}'")];
        if (twice.Length > 0)
        {
            throw ApiException.Invalid(
                $"Duplicate parameter keys have been submitted: [{string.Join(", ", twice)}]. Please ensure the request contains only one param value per param key.");
        }
    }
}
