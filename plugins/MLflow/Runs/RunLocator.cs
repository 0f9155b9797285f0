namespace PluginLoggers.MLflow;

/// <summary>Finds a run on the server by the tag of ours, and creates it, and its experiment, if there is none.</summary>
internal sealed class RunLocator(TrackingApi api, RunTarget target, Action<string> report)
{
    /// <summary>The run, and whether it was there already: then it may hold what is about to be sent.</summary>
    public async Task<(RunHandle Run, bool Existed)> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        var experimentId = await FindOrCreateExperimentAsync(cancellationToken).ConfigureAwait(false);
        if (await api.FindRunAsync(experimentId, target.Identity, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return (new RunHandle(found.ExperimentId, found.RunId), true);
        }

        var parent = await FindParentAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var created = await api.CreateRunAsync(target.CreateIn(experimentId, parent), cancellationToken).ConfigureAwait(false);
        return (new RunHandle(created.ExperimentId, created.RunId), false);
    }

    /// <summary>The tag that makes the run a child of its parent; null if it has none, or if that is not on the server yet.</summary>
    public async Task<KeyValue?> FindParentAsync(string experimentId, CancellationToken cancellationToken) =>
        target.ParentIdentity is { } identity
            && await api.FindRunAsync(experimentId, identity, cancellationToken).ConfigureAwait(false) is { } parent
            ? RunTarget.ChildOf(parent.RunId)
            : null;

    private async Task<string> FindOrCreateExperimentAsync(CancellationToken cancellationToken)
    {
        var experiment = await api.FindExperimentAsync(target.ExperimentName, cancellationToken).ConfigureAwait(false);
        if (experiment is null)
        {
            try
            {
                return await api.CreateExperimentAsync(target.ExperimentName, target.ArtifactLocation, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (TrackingRequestException failure) when (failure.AlreadyExists)
            {
                // Another run was quicker.
                experiment = await api.FindExperimentAsync(target.ExperimentName, cancellationToken).ConfigureAwait(false)
                    ?? throw new TrackingRequestException(
                        $"MLflow says that the experiment '{target.ExperimentName}' exists, and does not find it.", failure);
            }
        }

        if (experiment.LifecycleStage == "deleted")
        {
            await api.RestoreExperimentAsync(experiment.ExperimentId, cancellationToken).ConfigureAwait(false);
            report($"The MLflow experiment '{target.ExperimentName}' was deleted; it is restored, because a run was logged to it.");
        }

        return experiment.ExperimentId;
    }
}
