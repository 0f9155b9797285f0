namespace PluginLoggers.MLflow;

/// <param name="ExperimentId">The experiment.</param>
/// <param name="Name">Its name; none of <c>/ : . % " '</c> in it.</param>
/// <param name="ModelType">What it is.</param>
/// <param name="SourceRunId">The run that made it.</param>
/// <param name="Params">What is known of it.</param>
/// <param name="Tags">By what it is found again.</param>
internal sealed record CreateLoggedModelRequest(string ExperimentId, string Name, string ModelType, string SourceRunId,
    IReadOnlyList<KeyValue> Params, IReadOnlyList<KeyValue> Tags);

internal sealed record FinalizeLoggedModelRequest(string ModelId, string Status);

internal sealed record SearchLoggedModelsRequest(IReadOnlyList<string> ExperimentIds, string Filter, string? PageToken);

internal sealed record SearchLoggedModelsResponse(IReadOnlyList<LoggedModelMessage>? Models, string? NextPageToken);

internal sealed record LoggedModelResponse(LoggedModelMessage? Model);

internal sealed record LoggedModelMessage(LoggedModelInfoMessage Info);

internal sealed record LoggedModelInfoMessage(string ModelId, string? ArtifactUri, string? Status, IReadOnlyList<KeyValue>? Tags);

internal sealed record LogOutputsRequest(string RunId, IReadOnlyList<ModelOutput> Models);

internal sealed record ModelOutput(string ModelId, long Step);

internal sealed record LogModelMetricsRequest(string RunId, IReadOnlyList<ModelMetric> Metrics);

/// <summary>A point of a run that is stored at a model as well.</summary>
internal sealed record ModelMetric(string Key, double Value, long Timestamp, long Step, string ModelId);
