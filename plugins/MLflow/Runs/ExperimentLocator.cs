namespace PluginLoggers.MLflow;

/// <summary>Finds an experiment; creates it by its name, and restores it if it was deleted.</summary>
internal sealed class ExperimentLocator(TrackingApi api, ExperimentTarget target, Action<string> report)
{
    /// <summary>The id of the experiment, and whether it was created just now: then there is no run in it.</summary>
    public async Task<(string Id, bool IsNew)> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        var experiment = target.Name is null
            ? await api.GetExperimentAsync(target.Id!, cancellationToken).ConfigureAwait(false)
                ?? throw new TrackingRequestException(
                    $"There is no MLflow experiment with the id '{target.Id}'. Correct ExperimentId or MLFLOW_EXPERIMENT_ID; "
                    + "an experiment that is to be created has a name instead.")
            : await FindOrCreateAsync(target.Name, cancellationToken).ConfigureAwait(false);
        if (target.Id is { } id && experiment.ExperimentId != id)
        {
            throw new TrackingRequestException(
                $"The MLflow experiment '{target.Name}' has the id {experiment.ExperimentId}, and not {id}. "
                + "Give its name or its id alone.");
        }

        if (experiment.LifecycleStage == "deleted")
        {
            await api.RestoreExperimentAsync(experiment.ExperimentId, cancellationToken).ConfigureAwait(false);
            report($"The MLflow experiment {target.Display} was deleted; it is restored, because a run was logged to it.");
        }

        return (experiment.ExperimentId, experiment.LifecycleStage is null);
    }

    private async Task<ExperimentMessage> FindOrCreateAsync(string name, CancellationToken cancellationToken)
    {
        if (await api.FindExperimentAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        try
        {
            var id = await api.CreateExperimentAsync(name, target.ArtifactLocation, cancellationToken).ConfigureAwait(false);
            return new ExperimentMessage(id, LifecycleStage: null);
        }
        catch (TrackingRequestException failure) when (failure.AlreadyExists)
        {
            // Another run was quicker.
            return await api.FindExperimentAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new TrackingRequestException($"MLflow says that the experiment '{name}' exists, and does not find it.", failure);
        }
    }
}
