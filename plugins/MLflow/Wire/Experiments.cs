namespace PluginLoggers.MLflow;

internal sealed record CreateExperimentRequest(string Name, string? ArtifactLocation);

internal sealed record CreateExperimentResponse(string? ExperimentId);

internal sealed record RestoreExperimentRequest(string ExperimentId);

internal sealed record SearchExperimentsRequest(int MaxResults, string? PageToken);

internal sealed record SearchExperimentsResponse(IReadOnlyList<ExperimentMessage>? Experiments, string? NextPageToken);

internal sealed record GetExperimentResponse(ExperimentMessage? Experiment);

/// <param name="ExperimentId">A text, of digits with every known store.</param>
/// <param name="LifecycleStage"><c>active</c>, or <c>deleted</c>: then it is found by name, but takes no runs.</param>
internal sealed record ExperimentMessage(string ExperimentId, string? LifecycleStage);
