namespace PluginLoggers.MLflow;

/// <summary>Inputs and outputs of runs. Logged models are of MLflow 3; an older server answers with a page, status 404.</summary>
internal sealed partial class TrackingApi
{
    public Task LogInputAsync(string runId, DatasetInput dataset, CancellationToken cancellationToken) =>
        PostAsync("runs/log-inputs", new LogInputsRequest(runId, [dataset]), WireJson.Default.LogInputsRequest, cancellationToken);

    /// <summary>All logged models that a run made.</summary>
    public async Task<IReadOnlyList<LoggedModelInfoMessage>> FindLoggedModelsAsync(RunHandle run, CancellationToken cancellationToken)
    {
        var models = new List<LoggedModelInfoMessage>();
        string? page = null;
        do
        {
            var request = new SearchLoggedModelsRequest([run.ExperimentId], $"source_run_id = '{run.RunId}'", page);
            var body = await PostAsync("logged-models/search", request, WireJson.Default.SearchLoggedModelsRequest, cancellationToken)
                .ConfigureAwait(false);
            var answer = Read(body, WireJson.Default.SearchLoggedModelsResponse);
            models.AddRange((answer.Models ?? []).Select(model => model.Info));
            page = answer.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));

        return models;
    }

    public async Task<LoggedModelInfoMessage> CreateLoggedModelAsync(CreateLoggedModelRequest request, CancellationToken cancellationToken)
    {
        var body = await PostAsync("logged-models", request, WireJson.Default.CreateLoggedModelRequest, cancellationToken)
            .ConfigureAwait(false);
        return Read(body, WireJson.Default.LoggedModelResponse).Model?.Info ?? throw Unreadable("logged-models", null);
    }

    /// <summary>Sets the status, and makes sure of it, as of a run's.</summary>
    public async Task FinalizeLoggedModelAsync(string modelId, string status, CancellationToken cancellationToken)
    {
        var request = Write(new FinalizeLoggedModelRequest(modelId, status), WireJson.Default.FinalizeLoggedModelRequest);
        var body = await http.PatchAsync($"logged-models/{Uri.EscapeDataString(modelId)}", request, cancellationToken).ConfigureAwait(false);
        var found = Read(body, WireJson.Default.LoggedModelResponse).Model?.Info.Status;
        if (found != status)
        {
            throw new TrackingRequestException(
                $"MLflow took the status {status} for the logged model {modelId}, but says that it is {found ?? "nothing"}.");
        }
    }

    /// <summary>Links a model to the run that made it. The server refuses a link that is there.</summary>
    public Task LogOutputAsync(string runId, string modelId, long step, CancellationToken cancellationToken) =>
        PostAsync(
            "runs/outputs", new LogOutputsRequest(runId, [new(modelId, step)]), WireJson.Default.LogOutputsRequest, cancellationToken);

    public Task LogModelMetricAsync(string runId, ModelMetric metric, CancellationToken cancellationToken) =>
        PostAsync(
            "runs/log-batch", new LogModelMetricsRequest(runId, [metric]), WireJson.Default.LogModelMetricsRequest, cancellationToken);
}
