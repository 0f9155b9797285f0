using System.Text.Json.Serialization;

namespace PluginLoggers.MLflow;

/// <param name="ExperimentId">The experiment.</param>
/// <param name="UserId">Who ran it.</param>
/// <param name="RunName">Its name; the server makes one up if there is none.</param>
/// <param name="StartTime">In milliseconds since 1970; left out, it would be 0.</param>
/// <param name="Tags">No key twice: the server fails on that.</param>
internal sealed record CreateRunRequest(string ExperimentId, string UserId, string RunName, long StartTime,
    IReadOnlyList<KeyValue> Tags);

/// <param name="RunId">The run.</param>
/// <param name="Status">One of the server's words; another is ignored, together with what stands after it.</param>
/// <param name="EndTime">In milliseconds since 1970.</param>
internal sealed record UpdateRunRequest(string RunId, string Status, long? EndTime);

internal sealed record UpdateRunResponse(RunInfoMessage? RunInfo);

internal sealed record SetTagsRequest(string RunId, IReadOnlyList<KeyValue> Tags);

internal sealed record SearchRunsRequest(IReadOnlyList<string> ExperimentIds, string Filter, IReadOnlyList<string> OrderBy,
    int MaxResults, string RunViewType, string? PageToken = null);

internal sealed record SearchRunsResponse(IReadOnlyList<RunMessage>? Runs, string? NextPageToken);

internal sealed record RunResponse(RunMessage? Run);

internal sealed record RunMessage(RunInfoMessage Info, RunDataMessage? Data);

internal sealed record RunInfoMessage(string RunId, string ExperimentId, string? ArtifactUri, string? Status, string? LifecycleStage);

internal sealed record RunDataMessage(
    IReadOnlyList<MetricMessage>? Metrics, IReadOnlyList<KeyValue>? Params, IReadOnlyList<KeyValue>? Tags);

/// <summary>The latest point of a metric.</summary>
internal sealed record MetricMessage(
    string Key, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Value, long Timestamp, long Step);
