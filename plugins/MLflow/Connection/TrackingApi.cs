using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PluginLoggers.MLflow;

/// <summary>The routes of the REST API that are used here, typed.</summary>
internal sealed partial class TrackingApi(TrackingHttp http) : IDisposable
{
    private const string RunsSearchOrder = "attributes.start_time ASC";

    public TrackingHttp Http => http;

    /// <summary>The experiment of a name, a deleted one too; null if there is none.</summary>
    public Task<ExperimentMessage?> FindExperimentAsync(string name, CancellationToken cancellationToken) =>
        FindExperimentAsync("experiments/get-by-name", $"experiment_name={Uri.EscapeDataString(name)}", cancellationToken);

    /// <summary>The experiment of an id, a deleted one too; null if there is none.</summary>
    public Task<ExperimentMessage?> GetExperimentAsync(string id, CancellationToken cancellationToken) =>
        FindExperimentAsync("experiments/get", $"experiment_id={Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The ids of all experiments that are not deleted.</summary>
    public async Task<IReadOnlyList<string>> ListExperimentsAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        string? page = null;
        do
        {
            var request = new SearchExperimentsRequest(MaxResults: 1000, page);
            var body = await PostAsync("experiments/search", request, WireJson.Default.SearchExperimentsRequest, cancellationToken)
                .ConfigureAwait(false);
            var answer = Read(body, WireJson.Default.SearchExperimentsResponse);
            ids.AddRange((answer.Experiments ?? []).Select(experiment => experiment.ExperimentId));
            page = answer.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));

        return ids;
    }

    public async Task<string> CreateExperimentAsync(string name, string? artifactLocation, CancellationToken cancellationToken)
    {
        var request = new CreateExperimentRequest(name, artifactLocation);
        var body = await PostAsync("experiments/create", request, WireJson.Default.CreateExperimentRequest, cancellationToken)
            .ConfigureAwait(false);
        return Read(body, WireJson.Default.CreateExperimentResponse).ExperimentId ?? throw Unreadable("experiments/create", null);
    }

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken) =>
        PostAsync("experiments/restore", new RestoreExperimentRequest(experimentId), WireJson.Default.RestoreExperimentRequest,
            cancellationToken);

    /// <summary>The oldest run of some experiments that bears a tag; null if there is none. Deleted runs are not found.</summary>
    /// <param name="experimentIds">The experiments.</param>
    /// <param name="tag">The tag; no quote and no backquote in it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<RunInfoMessage?> FindRunAsync(IReadOnlyList<string> experimentIds, KeyValue tag, CancellationToken cancellationToken)
    {
        var request = new SearchRunsRequest(experimentIds, $"tags.`{tag.Key}` = '{tag.Value}'", [RunsSearchOrder], MaxResults: 1,
            "ACTIVE_ONLY");
        var body = await PostAsync("runs/search", request, WireJson.Default.SearchRunsRequest, cancellationToken).ConfigureAwait(false);
        return Read(body, WireJson.Default.SearchRunsResponse).Runs is [var run, ..] ? run.Info : null;
    }

    /// <summary>All runs of an experiment that bear a tag, without the deleted ones.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="tag">The tag; no quote and no backquote in it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<RunMessage>> FindRunsAsync(string experimentId, KeyValue tag, CancellationToken cancellationToken)
    {
        var runs = new List<RunMessage>();
        string? page = null;
        do
        {
            var request = new SearchRunsRequest(
                [experimentId], $"tags.`{tag.Key}` = '{tag.Value}'", [RunsSearchOrder], MaxResults: 100, "ACTIVE_ONLY", page);
            var body = await PostAsync("runs/search", request, WireJson.Default.SearchRunsRequest, cancellationToken).ConfigureAwait(false);
            var answer = Read(body, WireJson.Default.SearchRunsResponse);
            runs.AddRange(answer.Runs ?? []);
            page = answer.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));

        return runs;
    }

    public async Task<RunInfoMessage> CreateRunAsync(CreateRunRequest request, CancellationToken cancellationToken)
    {
        var body = await PostAsync("runs/create", request, WireJson.Default.CreateRunRequest, cancellationToken).ConfigureAwait(false);
        return Read(body, WireJson.Default.RunResponse).Run?.Info ?? throw Unreadable("runs/create", null);
    }

    public async Task<RunMessage> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        var body = await http.GetAsync("runs/get", $"run_id={Uri.EscapeDataString(runId)}", cancellationToken).ConfigureAwait(false);
        return Read(body, WireJson.Default.RunResponse).Run ?? throw Unreadable("runs/get", null);
    }

    /// <summary>Sets the status, and makes sure of it: a server ignores one that it does not know, with status 200.</summary>
    public async Task UpdateRunAsync(UpdateRunRequest request, CancellationToken cancellationToken)
    {
        var body = await PostAsync("runs/update", request, WireJson.Default.UpdateRunRequest, cancellationToken).ConfigureAwait(false);
        var found = Read(body, WireJson.Default.UpdateRunResponse).RunInfo?.Status;
        if (found != request.Status)
        {
            throw new TrackingRequestException(
                $"MLflow took the status {request.Status} for run {request.RunId}, but says that it is {found ?? "nothing"}.");
        }
    }

    public Task SetTagsAsync(string runId, IReadOnlyList<KeyValue> tags, CancellationToken cancellationToken) =>
        PostAsync("runs/log-batch", new SetTagsRequest(runId, tags), WireJson.Default.SetTagsRequest, cancellationToken);

    public Task LogBatchAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        http.PostAsync("runs/log-batch", body, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<ExperimentMessage?> FindExperimentAsync(string route, string query, CancellationToken cancellationToken)
    {
        try
        {
            var body = await http.GetAsync(route, query, cancellationToken).ConfigureAwait(false);
            return Read(body, WireJson.Default.GetExperimentResponse).Experiment;
        }
        catch (TrackingRequestException failure) when (failure.IsMissing)
        {
            return null;
        }
    }

    private Task<byte[]> PostAsync<T>(string route, T request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        http.PostAsync(route, Write(request, type), cancellationToken);

    private static byte[] Write<T>(T request, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(request, type);

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw Unreadable(type.Type.Name, null);
        }
        catch (JsonException cause)
        {
            throw Unreadable(type.Type.Name, cause);
        }
    }

    private static TrackingRequestException Unreadable(string what, Exception? cause) =>
        new($"The answer ({what}) is not MLflow's, although its status is that of success. Check TrackingUri: a proxy or a sign-in page "
            + "may answer there.", cause);
}
