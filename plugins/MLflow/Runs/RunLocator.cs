namespace PluginLoggers.MLflow;

/// <summary>Finds a run on the server, by the id that was given or by the tag of ours, and creates it if there is none.</summary>
internal sealed class RunLocator(TrackingApi api, RunTarget target, Action<string> report)
{
    private readonly ExperimentLocator _experiments = new(api, target.Experiment, report);

    /// <summary>The run, and whether it was there already: then it may hold what is about to be sent.</summary>
    public async Task<(RunHandle Run, bool Existed)> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        if (target.ResumedId is { } id)
        {
            return (await ResumeAsync(id, cancellationToken).ConfigureAwait(false), true);
        }

        var (experimentId, isNew) = await _experiments.FindOrCreateAsync(cancellationToken).ConfigureAwait(false);
        if (!isNew && await api.FindRunAsync([experimentId], target.Identity, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return (new RunHandle(found.ExperimentId, found.RunId), true);
        }

        var parent = await FindParentAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var created = await api.CreateRunAsync(target.CreateIn(experimentId, parent), cancellationToken).ConfigureAwait(false);
        return (new RunHandle(created.ExperimentId, created.RunId), false);
    }

    /// <summary>
    /// The tag that makes the run a child of its parent; null if it has none, or if that is not on the server yet. The parent is looked for
    /// in the same experiment first, and then in all others.
    /// </summary>
    public async Task<KeyValue?> FindParentAsync(string experimentId, CancellationToken cancellationToken)
    {
        if (target.ParentIdentity is not { } identity)
        {
            return null;
        }

        var parent = await api.FindRunAsync([experimentId], identity, cancellationToken).ConfigureAwait(false);
        if (parent is null)
        {
            var others = await api.ListExperimentsAsync(cancellationToken).ConfigureAwait(false);
            parent = await api.FindRunAsync(others, identity, cancellationToken).ConfigureAwait(false);
        }

        return parent is null ? null : RunTarget.ChildOf(parent.RunId);
    }

    /// <summary>Makes children of those runs of its experiment that are a part of this one, and ended before it was on the server.</summary>
    public async Task AdoptAsync(RunHandle run, CancellationToken cancellationToken)
    {
        foreach (var child in await api.FindRunsAsync(run.ExperimentId, target.IdentityAsParent, cancellationToken).ConfigureAwait(false))
        {
            if (child.Data?.Tags?.Any(tag => tag.Key == RunTarget.ParentTag) is not true)
            {
                await api.SetTagsAsync(child.Info.RunId, [RunTarget.ChildOf(run.RunId)], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<RunHandle> ResumeAsync(string id, CancellationToken cancellationToken)
    {
        RunInfoMessage run;
        try
        {
            run = (await api.GetRunAsync(id, cancellationToken).ConfigureAwait(false)).Info;
        }
        catch (TrackingRequestException failure) when (failure.IsMissing)
        {
            throw new TrackingRequestException(
                $"There is no MLflow run {id} to go on with. Correct RunId or MLFLOW_RUN_ID, or leave it out to begin a run.", failure);
        }

        var handle = new RunHandle(run.ExperimentId, run.RunId);
        try
        {
            await api.UpdateRunAsync(new UpdateRunRequest(id, "RUNNING", null), cancellationToken).ConfigureAwait(false);
            foreach (var tags in target.TagsOfResumed.Chunk(BatchWriter.MaxPairs))
            {
                await api.SetTagsAsync(id, tags, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TrackingRequestException failure) when (failure.IsDeleted)
        {
            throw failure.OfDeleted(handle);
        }

        return handle;
    }
}
