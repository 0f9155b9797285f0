using System.Globalization;

namespace PluginLoggers.Contract;

public sealed partial class RecordingLogger
{
    /// <inheritdoc/>
    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        if (!metrics.IsEmpty)
        {
            var values = metrics.ToArray();
            Keep(step, (time, whole) => new LoggedRecord.Metrics(time, values, whole));
        }
    }

    /// <inheritdoc/>
    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null)
    {
        var flat = Hyperparameters.Flatten(hyperparams);
        var comparedBy = metrics is null ? null : new OrderedDictionary<string, double>(metrics, StringComparer.Ordinal);
        if (comparedBy is null)
        {
            Keep(time => new LoggedRecord.Hyperparams(time, flat, ComparedBy: null, step));
        }
        else
        {
            Keep(step, (time, whole) => new LoggedRecord.Hyperparams(time, flat, comparedBy, whole));
        }
    }

    /// <inheritdoc/>
    public override void LogText(string name, string text, long? step = null) =>
        Keep(step, (time, whole) => new LoggedRecord.Text(time, name, text, whole));

    /// <inheritdoc/>
    public override void LogImage(string name, ImageData image, long? step = null) =>
        Keep(step, (time, whole) => new LoggedRecord.Image(time, name, image, whole));

    /// <inheritdoc/>
    public override void LogHistogram(string name, HistogramData histogram, long? step = null) =>
        Keep(step, (time, whole) => new LoggedRecord.Histogram(time, name, histogram, whole));

    /// <inheritdoc/>
    public override void LogAudio(string name, AudioData audio, long? step = null) =>
        Keep(step, (time, whole) => new LoggedRecord.Audio(time, name, audio, whole));

    /// <inheritdoc/>
    public override void LogGraph(GraphData graph) => Keep(time => new LoggedRecord.Graph(time, graph));

    /// <inheritdoc/>
    public override void LogArtifact(string path, string? name = null) => Keep(time => new LoggedRecord.Artifact(time, path, name));

    /// <inheritdoc/>
    public override void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Keep(checkpoint.Step, (time, whole) => new LoggedRecord.SavedCheckpoint(time, checkpoint with { Step = whole }));
    }

    /// <inheritdoc/>
    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
        var copy = payload.ToArray();
        Keep(step, (time, whole) => new LoggedRecord.Custom(time, kind, name, copy, whole));
    }

    /// <inheritdoc/>
    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken)
    {
        Save(status: null);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken)
    {
        Save(status);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        return base.DisposeAsyncCore();
    }

    private void Keep(Func<DateTimeOffset, LoggedRecord> create)
    {
        lock (_gate)
        {
            KeepLocked(create(_time.GetUtcNow()));
        }
    }

    private void Keep(long? step, Func<DateTimeOffset, long, LoggedRecord> create)
    {
        lock (_gate)
        {
            var whole = step ?? (_largestStep is { } largest ? largest + (largest < long.MaxValue ? 1 : 0) : 0);
            KeepLocked(create(_time.GetUtcNow(), whole));
            _largestStep = Math.Max(_largestStep ?? whole, whole);
        }
    }

    private void KeepLocked(LoggedRecord record)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (FailLog?.Invoke(record) is { } failure)
        {
            throw failure;
        }

        _records.Add(record);
    }

    private void Save(RunStatus? status)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (FailSave?.Invoke() is { } failure)
            {
                throw failure;
            }

            _saved = _records.Count;
            _saves++;
            _bookmark = (_savedBefore + _saved).ToString(CultureInfo.InvariantCulture);
            if (status is { } known)
            {
                _statuses.Add(known);
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
