using System.Globalization;

namespace PluginLoggers.MLflow;

/// <summary>
/// Makes logged models of checkpoints, linked to the run, the step and the metric: what MLflow 3 shows of a model. Each of its requests can
/// be sent again; a model whose creation was not answered is found by a tag of ours. A server that has no such models is asked once.
/// </summary>
internal sealed class LoggedModelSender(TrackingApi api, TrackingServer server, NameTable names, LoggerContext context)
{
    private const string IdentityTag = "pluginloggers.checkpoint";
    private const string Ready = "LOGGED_MODEL_READY";

    private bool _isSupported = true;
    private Dictionary<string, LoggedModelInfoMessage>? _models;

    public async Task SendAsync(RunHandle run, IReadOnlyList<PendingCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        if (!_isSupported || checkpoints.Count == 0)
        {
            return;
        }

        try
        {
            _models ??= await FindAsync(run, cancellationToken).ConfigureAwait(false);
            foreach (var checkpoint in checkpoints)
            {
                await SendAsync(run, checkpoint, _models, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TrackingRequestException failure) when (_models is null && failure.IsUnknownRoute)
        {
            _isSupported = false;
        }
        catch
        {
            // What was created meanwhile is looked for anew.
            _models = null;
            throw;
        }
    }

    /// <summary>The models of the run that are of ours, by their identity.</summary>
    private async Task<Dictionary<string, LoggedModelInfoMessage>> FindAsync(RunHandle run, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, LoggedModelInfoMessage>(StringComparer.Ordinal);
        foreach (var model in await api.FindLoggedModelsAsync(run, cancellationToken).ConfigureAwait(false))
        {
            if (model.Tags?.FirstOrDefault(tag => tag.Key == IdentityTag) is { } identity)
            {
                found[identity.Value] = model;
            }
        }

        return found;
    }

    private async Task SendAsync(RunHandle run, PendingCheckpoint checkpoint, Dictionary<string, LoggedModelInfoMessage> models,
        CancellationToken cancellationToken)
    {
        if (!models.TryGetValue(checkpoint.Identity, out var model))
        {
            model = await api.CreateLoggedModelAsync(Describe(run, checkpoint), cancellationToken).ConfigureAwait(false);
        }

        if (model.Status != Ready)
        {
            var isWhole = await UploadAsync(model, checkpoint, cancellationToken).ConfigureAwait(false);
            model = model with { Status = isWhole ? Ready : "LOGGED_MODEL_UPLOAD_FAILED" };
            await api.FinalizeLoggedModelAsync(model.ModelId, model.Status, cancellationToken).ConfigureAwait(false);
        }

        models[checkpoint.Identity] = model;
        try
        {
            await api.LogOutputAsync(run.RunId, model.ModelId, checkpoint.Checkpoint.Step ?? 0, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackingRequestException failure) when (failure.IsDuplicate)
        {
            // It is linked.
        }

        await LinkMetricAsync(run, checkpoint.Checkpoint, model.ModelId, cancellationToken).ConfigureAwait(false);
    }

    private CreateLoggedModelRequest Describe(RunHandle run, PendingCheckpoint pending)
    {
        var checkpoint = pending.Checkpoint;
        var parameters = new List<KeyValue> { new("step", (checkpoint.Step ?? 0).ToString(CultureInfo.InvariantCulture)) };
        if (checkpoint.Metric is { } metric)
        {
            parameters.Add(new("metric", LongValue.Cut(metric, LongValue.MaxParamLength)));
        }

        if (checkpoint.Score is { } score)
        {
            parameters.Add(new("score", HyperparameterText.Of(score)));
        }

        return new(run.ExperimentId, names.Model(pending.Name), "checkpoint", run.RunId, parameters, [new(IdentityTag, pending.Identity)]);
    }

    private async Task<bool> UploadAsync(LoggedModelInfoMessage model, PendingCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        // <experiments>/<experiment>/models/<model>/artifacts
        if (ArtifactStore.Find(model.ArtifactUri, depth: 4, server, api.Http, context.Report) is not { } store)
        {
            return false;
        }

        var sender = new ArtifactSender(store, context.Report);
        return await sender.SendAsync(checkpoint.Artifact, cancellationToken).ConfigureAwait(false)
            & await sender.SendAsync(checkpoint.Metadata, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Links the point of the run that the checkpoint was judged by. The server stores a point of a model at the run as well: so it is the
    /// very point that is there, and where none is, nothing is made up.
    /// </summary>
    private async Task LinkMetricAsync(RunHandle run, Checkpoint checkpoint, string modelId, CancellationToken cancellationToken)
    {
        if (checkpoint is not { Metric: { } name, Score: { } score } || !double.IsFinite(score))
        {
            return;
        }

        var key = ServerName.Map(name);
        var stored = await api.GetRunAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        if (stored.Data?.Metrics?.FirstOrDefault(point => point.Key == key && point.Value == score) is { } point)
        {
            await api.LogModelMetricAsync(run.RunId, new ModelMetric(key, score, point.Timestamp, point.Step, modelId), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
