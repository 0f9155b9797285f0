using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PluginLoggers.MLflow.StandIn;

/// <summary><c>runs/search</c>, with one comparison of a tag as its filter.</summary>
internal static partial class SearchRoute
{
    private const int DefaultMaxResults = 1000;

    public static Answer Search(Call call)
    {
        var request = call.Read();
        var matches = Filter(request.Text("filter"));
        var found = call.Store.Runs.Where(run => request.Texts("experiment_ids").Contains(run.ExperimentId) && matches(run)
            && request.Text("run_view_type") switch { "DELETED_ONLY" => run.IsDeleted, "ALL" => true, _ => !run.IsDeleted });
        StoredRun[] runs = request.Texts("order_by") is [var order, ..] && order.EndsWith("ASC", StringComparison.Ordinal)
            ? [.. found.OrderBy(run => run.StartTime).ThenBy(run => run.Id, StringComparer.Ordinal)]
            : [.. found.OrderByDescending(run => run.StartTime).ThenBy(run => run.Id, StringComparer.Ordinal)];

        var size = request.Has("max_results") ? (int)request.Integer("max_results") : DefaultMaxResults;
        var offset = Paging.Offset(request.Text("page_token"));
        var view = new JsonObject();
        Views.AddList(view, "runs", runs.Skip(offset).Take(size).Select(Views.Of));
        if (offset + size < runs.Length)
        {
            view["next_page_token"] = Paging.Token(offset + size);
        }

        return Answer.Json(view);
    }

    private static Func<StoredRun, bool> Filter(string filter)
    {
        if (filter.Length == 0)
        {
            return _ => true;
        }

        return TagFilter().Match(filter) is { Success: true } match
            ? run => run.Tags.TryGetValue(match.Groups["key"].Value, out var value) && value == match.Groups["value"].Value
            : throw ApiException.Invalid($"Invalid clause(s) in filter string: '{filter}'");
    }

    [GeneratedRegex(@"^tags\.`(?<key>[^`]+)`\s*=\s*'(?<value>[^']*)'$")]
    private static partial Regex TagFilter();
}
