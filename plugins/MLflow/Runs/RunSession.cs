namespace PluginLoggers.MLflow;

/// <summary>
/// One logger's connection to its run: finds or creates it when there is something to send, and sends it in an order that can be
/// repeated.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private readonly TrackingServer _server;
    private readonly RunTarget _target;
    private readonly TrackingApi _api;
    private readonly LoggerContext _context;
    private readonly RunLocator _locator;
    private readonly BatchWriter _writer = new();
    private readonly MetricSender _metrics;
    private readonly LoggedModelSender _models;
    private ArtifactSender? _artifacts;
    private bool _artifactsSought;
    private bool _mayBeThere;

    public RunSession(TrackingServer server, RunTarget target, TrackingApi api, LoggerContext context)
    {
        (_server, _target, _api, _context) = (server, target, api, context);
        Names = new NameTable(context.Report);
        Params = new ParamSender(api, _writer, Names, context.Report);
        _locator = new RunLocator(api, target, context.Report);
        _metrics = new MetricSender(api);
        _models = new LoggedModelSender(api, server, Names, context);
    }

    public NameTable Names { get; }

    public ParamSender Params { get; }

    /// <summary>The run; null before anything was sent.</summary>
    public RunHandle? Run { get; private set; }

    public string? Bookmark => Run is { } run ? RunBookmark.Write(_server, run) : _context.Bookmark;

    /// <summary>Sends what is pending, and forgets it when all of it is on the server.</summary>
    public async Task SendAsync(PendingRecords pending, CancellationToken cancellationToken)
    {
        if (pending.IsEmpty)
        {
            pending.Clear();
            return;
        }

        var run = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendAsync(run, pending, cancellationToken).ConfigureAwait(false);
            pending.Clear();
            _mayBeThere = false;
        }
        catch (TrackingRequestException failure)
        {
            throw Explain(run, failure, pending.Records);
        }
    }

    /// <summary>Sends what is pending, then the status.</summary>
    /// <param name="pending">What is pending.</param>
    /// <param name="status">The status.</param>
    /// <param name="milliseconds">When the run ended.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async Task EndAsync(PendingRecords pending, RunStatus status, long milliseconds, CancellationToken cancellationToken)
    {
        var run = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (status != RunStatus.Running && _target.ParentIdentity is not null)
        {
            await LinkToParentAsync(run, pending, cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(pending, cancellationToken).ConfigureAwait(false);
        var request = status switch
        {
            RunStatus.Running => new UpdateRunRequest(run.RunId, "RUNNING", null),
            RunStatus.Finished => new UpdateRunRequest(run.RunId, "FINISHED", milliseconds),
            RunStatus.Failed => new UpdateRunRequest(run.RunId, "FAILED", milliseconds),
            _ => new UpdateRunRequest(run.RunId, "KILLED", milliseconds),
        };
        try
        {
            if (status != RunStatus.Running)
            {
                await _locator.AdoptAsync(run, cancellationToken).ConfigureAwait(false);
            }

            await _api.UpdateRunAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackingRequestException failure)
        {
            throw Explain(run, failure, records: 0);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _metrics.Dispose();
        _api.Dispose();
    }

    private async Task<RunHandle> OpenAsync(CancellationToken cancellationToken)
    {
        if (Run is { } open)
        {
            return open;
        }

        if (_server.ShowsCredentials)
        {
            _context.Report($"The credentials for MLflow go to {_server.Display} unencrypted. Use https.");
        }

        if (_server.Certificates.TrustsAnybody)
        {
            _context.Report($"MLflow at {_server.Display} may be anybody: its certificate is not looked at. "
                + "Set ServerCertPath to the certificate that vouches for it, and InsecureTls to false.");
        }

        // With a bookmark, an earlier instance may have sent more than the bookmark knows of.
        (var run, _mayBeThere) = _context.Bookmark is { } bookmark
            ? (RunBookmark.Read(bookmark, _server), true)
            : await _locator.FindOrCreateAsync(cancellationToken).ConfigureAwait(false);
        return Run = run;
    }

    private async Task SendAsync(RunHandle run, PendingRecords pending, CancellationToken cancellationToken)
    {
        var mayBeThere = _mayBeThere;
        _mayBeThere = true;
        await Params.SendParamsAsync(run.RunId, pending, cancellationToken).ConfigureAwait(false);
        await _metrics.SendAsync(run.RunId, pending.Points, mayBeThere, cancellationToken).ConfigureAwait(false);
        if (pending.Artifacts.Count > 0 && await FindArtifactsAsync(run, cancellationToken).ConfigureAwait(false) is { } artifacts)
        {
            foreach (var artifact in pending.Artifacts)
            {
                await artifacts.SendAsync(artifact, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var dataset in pending.Datasets)
        {
            await _api.LogInputAsync(run.RunId, dataset, cancellationToken).ConfigureAwait(false);
        }

        if (_artifacts is not null)
        {
            await _models.SendAsync(run, pending.Checkpoints, cancellationToken).ConfigureAwait(false);
        }

        await ListTablesAsync(run, pending, cancellationToken).ConfigureAwait(false);
        await Params.SendTagsAsync(run.RunId, pending, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ArtifactSender?> FindArtifactsAsync(RunHandle run, CancellationToken cancellationToken)
    {
        if (!_artifactsSought)
        {
            var found = await _api.GetRunAsync(run.RunId, cancellationToken).ConfigureAwait(false);

            // <experiments>/<experiment>/<run>/artifacts
            var store = ArtifactStore.Find(found.Info.ArtifactUri, depth: 3, _server, _api.Http, _context.Report);
            _artifacts = store is null ? null : new ArtifactSender(store, _context.Report);
            _artifactsSought = true;
        }

        return _artifacts;
    }

    private async Task ListTablesAsync(RunHandle run, PendingRecords pending, CancellationToken cancellationToken)
    {
        if (pending.Tables.Count == 0)
        {
            return;
        }

        var stored = await _api.GetRunAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        var listed = stored.Data?.Tags?.FirstOrDefault(tag => tag.Key == TableList.Tag)?.Value;
        (pending.Tags[TableList.Tag], var left) = TableList.Add(listed, pending.Tables);
        if (left > 0)
        {
            _context.Report($"The list of tables of the MLflow run is full ({LongValue.MaxTagLength} characters): later ones are among its "
                + "artifacts, and not in the view of tables.");
        }
    }

    /// <summary>
    /// A parent is delivered by a loop of its own and may come later than its child; at the child's end it is looked for again, and at its own end it looks
    /// for children.
    /// </summary>
    private async Task LinkToParentAsync(RunHandle run, PendingRecords pending, CancellationToken cancellationToken)
    {
        if (await _locator.FindParentAsync(run.ExperimentId, cancellationToken).ConfigureAwait(false) is { } parent)
        {
            pending.Tags[parent.Key] = parent.Value;
        }
        else
        {
            _context.Report("The run that this one is a part of is not on the MLflow server yet, so it is shown on its own; "
                + "that one links it when it ends, if both are in one experiment.");
        }
    }

    /// <summary>What a failure means to the host: begin anew, a record that cannot be taken, or an outage.</summary>
    private static Exception Explain(RunHandle run, TrackingRequestException failure, int records) =>
        failure.IsMissing ? new InvalidDataException(
            $"The MLflow run {run.RunId} is gone; it is delivered anew, from its beginning.", failure)
        : failure.IsDeleted ? failure.OfDeleted(run)
        : failure.IsInvalid && records == 1 ? new LoggerRejectedException(failure.Message, failure)
        : failure;
}
