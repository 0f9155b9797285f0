using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>One run as one event file. What is logged becomes events in memory; a save appends them to the file.</summary>
internal sealed class TensorBoardLogger : LightningLoggerBase
{
    private const string HpMetric = "hp_metric";

    /// <summary>Of the two NaNs that hardware makes, the one that torch writes.</summary>
    private static readonly float NaN = BitConverter.UInt32BitsToSingle(0x7FC00000);

    private readonly LoggerContext _context;
    private readonly TensorBoardOptions _options;
    private readonly EventFile _file;
    private readonly EventWriter _events;
    private readonly Tags _tags;
    private readonly HparamsSession _session;
    private readonly Curves _curves;
    private readonly ProjectorFiles _projector;
    private readonly bool _isLost;
    private string? _bookmark;
    private bool _hasOverflowed;

    public TensorBoardLogger(TensorBoardOptions options, LoggerContext context)
        : base(context)
    {
        (_options, _context, _bookmark) = (options, context, context.Bookmark);
        var directory = options.DirectoryIn(context.OutputDirectory);
        var name = EventFileName.Of(context, Environment.MachineName, options.FileNameSuffix ?? "");
        var position = context.Bookmark is { } bookmark ? EventFilePosition.Parse(bookmark) : null;
        _isLost = context.Bookmark is not null && position is null;
        _file = position is null ? new EventFile(directory, name) : new EventFile(directory, name, position);
        _tags = new Tags(options.Prefix, context.Report);
        _events = new EventWriter(_file, _tags, context.Time);
        _session = new HparamsSession(_events, context, position?.Session ?? default);
        _curves = new Curves(_events, _events.Written, position?.Steps ?? default);
        _projector = new ProjectorFiles(directory, position?.ProjectorLength ?? 0);
        Location = directory;
        if (position is null)
        {
            _events.AppendHeader(context.StartTime);
        }
    }

    public override string Location { get; }

    /// <summary>An <see cref="EventWriter"/>.</summary>
    public override object Experiment => _events;

    public override LoggerFeatures Features =>
        LoggerFeatures.Metrics | LoggerFeatures.Hyperparameters | LoggerFeatures.Text | LoggerFeatures.Images
        | LoggerFeatures.Histograms | LoggerFeatures.Audio | LoggerFeatures.Graphs | LoggerFeatures.Custom;

    public override string? Bookmark => _bookmark;

    public override bool AcceptsCustom(string kind) =>
        kind is TensorBoardRecordKinds.Value or TensorBoardRecordKinds.Summary or TensorBoardRecordKinds.Embedding;

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) =>
        LogMetrics(metrics, step.GetValueOrDefault(), areCurves: true);

    /// <summary>The metrics are scalars like any other, logged first; the HPARAMS tab shows the last value of each.</summary>
    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        var logged = metrics?.Select(metric => new Metric(metric.Key, metric.Value)).ToArray() ?? [];

        // A placeholder once the session is there would overwrite what the trainer has logged meanwhile, and nobody needs one who says that
        // there are no metrics, or has said which there are.
        if (metrics is null && hyperparams.Count > 0 && _options.DefaultHpMetric && _session is { IsBegun: false, IsDescribed: false })
        {
            logged = [new Metric(HpMetric, -1)];
        }

        // Those of a resumed run come again at their old step; of each, only the last value counts.
        LogMetrics(logged, step.GetValueOrDefault(), areCurves: false);
        _session.Begin(hyperparams, [.. logged.Select(metric => _tags.Prefixed(metric.Name))], step.GetValueOrDefault());
    }

    public override void LogText(string name, string text, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Append(SummaryValues.Text(_tags.Of(name, SummaryKind.Text), text), step);
    }

    public override void LogImage(string name, ImageData image, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        Append(SummaryValues.Image(_tags.Of(name, SummaryKind.Image), image), step);
    }

    public override void LogHistogram(string name, HistogramData histogram, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        Append(SummaryValues.Histogram(_tags.Of(name, SummaryKind.Histogram), histogram), step, isCurve: true);
    }

    public override void LogAudio(string name, AudioData audio, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(audio);
        Append(SummaryValues.Audio(_tags.Of(name, SummaryKind.Audio), audio), step);
    }

    public override void LogGraph(GraphData graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Prepare(EventWriter.GraphTag, 0, isCurve: false);
        _events.AppendGraph(Graphs.ToGraphDef(graph));
    }

    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
        switch (kind)
        {
            case TensorBoardRecordKinds.Value when name == HparamsSession.ExperimentTag:
                _session.Describe(payload, step.GetValueOrDefault());
                break;
            case TensorBoardRecordKinds.Value:
                _events.AppendValue(payload, value => Name(value, name), step.GetValueOrDefault());
                break;
            case TensorBoardRecordKinds.Summary:
                _events.AppendValues(payload, value => Name(value, value.Tag), step.GetValueOrDefault());
                break;
            case TensorBoardRecordKinds.Embedding:
                _projector.Add(_tags.Prefixed(name), payload, step.GetValueOrDefault());
                break;
        }

        void Name(Summary.Types.Value value, string tag)
        {
            value.Tag = _tags.OfOpenRecord(tag);
            Prepare(value.Tag, step.GetValueOrDefault(), isCurve: false);
        }
    }

    /// <summary>Synchronous inside: the host gives each backend a thread of its own, and a file has nothing better to offer.</summary>
    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (_isLost)
            {
                throw new InvalidDataException($"The bookmark '{Shortened(_context.Bookmark!)}' is none of a TensorBoard logger.");
            }

            _projector.Save();
            _events.Save();
        }
        catch (InvalidDataException exception)
        {
            _context.Report(exception.Message);
            throw;
        }

        _bookmark = new EventFilePosition(_file.FileName, _file.Length, _projector.Length, _session.State, _curves.State).ToString();
        return ValueTask.CompletedTask;
    }

    /// <summary>Running says that the run is resumed, or goes on after its end: from there on, it may go back.</summary>
    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _curves.ShowAll();
        _session.End(status);
        if (status == RunStatus.Running)
        {
            _curves.Resume();
        }

        return SaveAsyncCore(cancellationToken);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        _file.Dispose();
        return base.DisposeAsyncCore();
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private void LogMetrics(ReadOnlySpan<Metric> metrics, long step, bool areCurves)
    {
        if (metrics.IsEmpty)
        {
            return;
        }

        if (_curves.MayGoBack(step) && (areCurves || _curves.HasGoneBack))
        {
            foreach (ref readonly var metric in metrics)
            {
                var tag = _tags.Of(metric.Name, SummaryKind.Scalar);
                _curves.Before(tag, step, areCurves);
                _events.AppendValue(new Summary.Types.Value { Tag = tag, SimpleValue = ToSingle(metric) }, step);
            }

            return;
        }

        var scalars = _events.ReserveScalars(metrics.Length);
        for (var i = 0; i < metrics.Length; i++)
        {
            scalars[i] = new PendingScalar(_tags.Scalar(metrics[i].Name, i), ToSingle(metrics[i]));
        }

        _events.AppendScalars(metrics.Length, step);
    }

    private void Append(Summary.Types.Value value, long? step, bool isCurve = false)
    {
        Prepare(value.Tag, step.GetValueOrDefault(), isCurve);
        _events.AppendValue(value, step.GetValueOrDefault());
    }

    private void Prepare(string tag, long step, bool isCurve)
    {
        if (_curves.MayGoBack(step) && (isCurve || _curves.HasGoneBack))
        {
            _curves.Before(tag, step, isCurve);
        }
    }

    private float ToSingle(in Metric metric)
    {
        var value = (float)metric.Value;
        if (float.IsInfinity(value) && double.IsFinite(metric.Value) && !_hasOverflowed)
        {
            _hasOverflowed = true;
            _context.Report(
                $"'{metric.Name}' is larger than a float can be, and TensorBoard keeps floats: "
                + "it is shown as infinity, and so are others like it.");
        }

        return float.IsNaN(value) ? NaN : value;
    }
}
