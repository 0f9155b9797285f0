using System.Globalization;

namespace PluginLoggers.MLflow;

/// <summary>Gathers what is logged, and sends it with each save.</summary>
internal sealed class MLflowLogger : LightningLoggerBase
{
    private const string InfinityNote =
        "An infinite metric was logged; MLflow's databases hold the largest double, 1.7976931348623157e308, in its place.";

    private const string NegativeZeroNote = "A metric of -0.0 was logged; MLflow's databases hold 0.0 in its place.";

    private readonly MLflowOptions _options;
    private readonly LoggerContext _context;
    private readonly TrackingServer _server;
    private readonly RunSession _session;
    private readonly MediaArtifacts _media;
    private readonly PendingRecords _pending = new();

    public MLflowLogger(MLflowOptions options, LoggerContext context, TrackingServer server, RunSession session)
        : base(context)
    {
        (_options, _context, _server, _session) = (options, context, server, session);
        _media = new MediaArtifacts(context.RunId, session.Names);
    }

    public override LoggerFeatures Features => LoggerFeatures.All;

    public override string? Location => _session.Run is { } run ? run.PageOn(_server) : _server.Display;

    public override string? Bookmark => _session.Bookmark;

    public override bool AcceptsCustom(string kind) => kind is MLflowRecordKinds.Table or MLflowRecordKinds.Dataset;

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        var milliseconds = Stamp();
        foreach (var metric in metrics)
        {
            Add(metric.Name, metric.Value, milliseconds, step ?? 0);
        }
    }

    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
        var milliseconds = Stamp();
        foreach (var (name, value) in hyperparams)
        {
            AddParam(name, HyperparameterText.Of(value));
        }

        foreach (var (name, value) in metrics ?? new Dictionary<string, double>())
        {
            Add(name, value, milliseconds, step ?? 0);
        }
    }

    public override void LogText(string name, string text, long? step = null)
    {
        Stamp();
        _pending.Artifacts.Add(_media.Text(name, text, step ?? 0));
    }

    public override void LogImage(string name, ImageData image, long? step = null)
    {
        _pending.Artifacts.AddRange(_media.Image(name, image, step ?? 0, Stamp()));

        // Only with this tag does the UI look for images.
        _pending.Tags["mlflow.loggedImages"] = "True";
    }

    public override void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
        Stamp();
        _pending.Artifacts.Add(_media.Histogram(name, histogram, step ?? 0));
    }

    public override void LogAudio(string name, AudioData audio, long? step = null)
    {
        Stamp();
        _pending.Artifacts.Add(_media.Audio(name, audio, step ?? 0));
    }

    public override void LogGraph(GraphData graph)
    {
        Stamp();
        _pending.Artifacts.Add(MediaArtifacts.Graph(graph));
    }

    public override void LogArtifact(string path, string? name = null)
    {
        Stamp();
        _pending.Artifacts.Add(new PendingArtifact(_session.Names.Artifact(name ?? FileName(path)), path));
    }

    /// <summary>
    /// In a folder of its own, as Lightning lays it out, with what is known of it beside it. Which one is the best and which the latest
    /// stands in tags, by which runs can be searched.
    /// </summary>
    public override void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
        var milliseconds = Stamp();
        var file = FileName(checkpoint.Path);
        var metadata = MediaArtifacts.Metadata(checkpoint, milliseconds);
        if (_options.Checkpoints == MLflowCheckpoints.All)
        {
            AddCheckpoint(checkpoint, Path.GetFileNameWithoutExtension(file), file, metadata, checkpoint.IsBest, checkpoint.IsLatest);
            if (_options.LoggedModels)
            {
                var model = new PendingArtifact(_session.Names.Artifact(file), checkpoint.Path);
                _pending.Checkpoints.Add(new PendingCheckpoint(
                    checkpoint, Path.GetFileNameWithoutExtension(file), model, new("metadata.json", metadata), milliseconds));
            }

            return;
        }

        // Under one name, so that each takes the place of the one before it.
        var fixedName = "checkpoint" + Path.GetExtension(file);
        if (checkpoint.IsBest && _options.Checkpoints is MLflowCheckpoints.Best or MLflowCheckpoints.BestAndLatest)
        {
            AddCheckpoint(checkpoint, "best", fixedName, metadata, isBest: true, isLatest: false);
        }

        if (checkpoint.IsLatest && _options.Checkpoints is MLflowCheckpoints.Latest or MLflowCheckpoints.BestAndLatest)
        {
            AddCheckpoint(checkpoint, "latest", fixedName, metadata, isBest: false, isLatest: true);
        }
    }

    /// <summary>Tables and datasets; see <see cref="MLflowRecordKinds"/>.</summary>
    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
        Stamp();
        if (kind == MLflowRecordKinds.Table)
        {
            var table = _media.Table(name, payload.ToArray(), step ?? 0);
            _pending.Artifacts.Add(table);
            _pending.Tables.Add(table.Name);
        }
        else if (kind == MLflowRecordKinds.Dataset)
        {
            _pending.Datasets.Add(DatasetInputs.Read(name, payload));
        }
    }

    protected override async ValueTask SaveAsyncCore(CancellationToken cancellationToken) =>
        await _session.SendAsync(_pending, cancellationToken).ConfigureAwait(false);

    protected override async ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken) =>
        await _session.EndAsync(_pending, status, Milliseconds(), cancellationToken).ConfigureAwait(false);

    protected override ValueTask DisposeAsyncCore()
    {
        _session.Dispose();
        return base.DisposeAsyncCore();
    }

    private void AddCheckpoint(
        Checkpoint checkpoint, string folderName, string file, ReadOnlyMemory<byte> metadata, bool isBest, bool isLatest)
    {
        var folder = _session.Names.Artifact($"checkpoints/{folderName}");
        var name = $"{folder}/{_session.Names.Artifact(file)}";
        _pending.Artifacts.Add(new PendingArtifact(name, checkpoint.Path));
        _pending.Artifacts.Add(new PendingArtifact($"{folder}/metadata.json", metadata));
        if (isBest)
        {
            _pending.Tags["checkpoint.best"] = name;
        }

        if (isLatest)
        {
            _pending.Tags["checkpoint.latest"] = name;
        }
    }

    private void Add(string name, double value, long milliseconds, long step)
    {
        if (double.IsInfinity(value))
        {
            _context.Report(InfinityNote);
        }
        else if (value == 0 && double.IsNegative(value))
        {
            _context.Report(NegativeZeroNote);
        }

        _pending.Points.Add(new MetricPoint(_session.Names.Metric(name), value, milliseconds, step));
    }

    /// <summary>A value that is too long stays whole as an artifact.</summary>
    private void AddParam(string name, string value)
    {
        var key = _session.Names.Param(name);
        if (value.Length > LongValue.MaxParamLength)
        {
            var whole = new PendingArtifact($"params/{_session.Names.Artifact(name)}.txt", System.Text.Encoding.UTF8.GetBytes(value));
            _pending.Artifacts.Add(whole);
            _context.Report($"The value of the param '{key}' is longer than the {LongValue.MaxParamLength} characters that MLflow holds; "
                + $"it is cut, and whole in the artifact '{whole.Name}'.");
            value = LongValue.Cut(value, LongValue.MaxParamLength);
        }

        if (!_pending.TryAddParam(key, value))
        {
            _pending.Tags[_session.Params.ChangedTag(key)] = value;
        }
    }

    /// <summary>Counts a record, and gives its time.</summary>
    /// <exception cref="LoggerRejectedException">It was logged before 1970: the server refuses that.</exception>
    private long Stamp()
    {
        var milliseconds = Milliseconds();
        if (milliseconds < 0)
        {
            throw new LoggerRejectedException(string.Create(
                CultureInfo.InvariantCulture,
                $"MLflow takes no time before 1970; the record is of {_context.Time.GetUtcNow():O}. Correct the clock."));
        }

        _pending.Records++;
        return milliseconds;
    }

    private long Milliseconds() => _context.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string FileName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
