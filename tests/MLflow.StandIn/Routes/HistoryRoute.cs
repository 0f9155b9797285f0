using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// <c>metrics/get-history</c>. 2.x gives everything, in no order; 3.x gives pages, in order, and nothing at all to who asks for no
/// number.
/// </summary>
internal static class HistoryRoute
{
    public static Answer GetHistory(Call call)
    {
        Required.Run(call.Json);
        Required.Fields(call.Json, "metric_key");
        var request = call.Read();
        var view = new JsonObject();
        if (call.Version == ServerVersion.V2)
        {
            var all = call.Store.Runs.Find(run => run.Id == request.RunId)?.Metrics ?? [];
            Views.AddList(view, "metrics", all.Where(row => row.Key == request.Text("metric_key")).Select(Views.Point));
            return Answer.Json(view);
        }

        var rows = call.Store.Run(request.RunId).Metrics.Where(row => row.Key == request.Text("metric_key"))
            .OrderBy(row => row.Timestamp).ThenBy(row => row.Step).ThenBy(row => row.StoredValue).ToArray();
        var (offset, size) = (Paging.Offset(request.Text("page_token")), (int)request.Integer("max_results"));
        Views.AddList(view, "metrics", rows.Skip(offset).Take(size).Select(Views.Point));
        if (offset + size < rows.Length)
        {
            view["next_page_token"] = Paging.Token(offset + size);
        }

        return Answer.Json(view);
    }
}
