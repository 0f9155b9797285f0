using PluginLoggers.Hosting.Delivery;

namespace PluginLoggers.Hosting.Logging;

/// <summary>
/// One backend of a run as a trainer sees it: what is logged here is for that backend only. The run ends it, not whoever holds it.
/// </summary>
/// <remarks>One that has not joined the run yet takes everything: it stands in the journal, and is delivered when it joins.</remarks>
internal sealed class LoggerHandle(JournalRecorder recorder, LightningRun run) : LightningLoggerBase
{
    private volatile DeliveryLoop? _loop;

    public override string Name => run.Name;

    public override string Version => run.Version;

    public override string? SaveDir => run.SaveDir;

    public override string? Location => _loop?.State.Location;

    public override LoggerFeatures Features => _loop?.State.Features ?? LoggerFeatures.All;

    /// <summary>Tells it of its backend.</summary>
    public void Attach(DeliveryLoop loop) => _loop = loop;

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => recorder.LogMetrics(metrics, step);

    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
        recorder.LogHyperparams(hyperparams, metrics, step);

    public override void LogText(string name, string text, long? step = null) => recorder.LogText(name, text, step);

    public override void LogImage(string name, ImageData image, long? step = null) => recorder.LogImage(name, image, step);

    public override void LogHistogram(string name, HistogramData histogram, long? step = null) =>
        recorder.LogHistogram(name, histogram, step);

    public override void LogAudio(string name, AudioData audio, long? step = null) => recorder.LogAudio(name, audio, step);

    public override void LogGraph(GraphData graph) => recorder.LogGraph(graph);

    public override void LogArtifact(string path, string? name = null) => recorder.LogArtifact(path, name);

    public override void AfterSaveCheckpoint(Checkpoint checkpoint) => recorder.AfterSaveCheckpoint(checkpoint);

    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null) =>
        recorder.LogCustom(kind, name, payload, step);

    public override void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload) =>
        recorder.LogCustomOfRun(kind, name, payload);

    /// <summary>Lets go what is held back for aggregation, when the run ends.</summary>
    public void Release() => ReleaseAggregates();

    protected override ValueTask SaveAsyncCore(CancellationToken cancellationToken) => run.SaveAsync(cancellationToken);

    /// <summary>Saves. The status is the run's: the others go on, and this one is given it with them.</summary>
    protected override ValueTask FinalizeAsyncCore(RunStatus status, CancellationToken cancellationToken) =>
        run.SaveAsync(cancellationToken);
}
