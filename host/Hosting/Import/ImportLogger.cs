using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.Import;

/// <summary>Takes what a source logs. What no run can hold, such as a record that is too large, is counted and left out.</summary>
internal sealed class ImportLogger(JournalRecorder recorder, Action<string> skipped) : LightningLoggerBase
{
    public override LoggerFeatures Features => LoggerFeatures.All;

    public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
    {
        try
        {
            recorder.LogMetrics(metrics, step);
        }
        catch (ArgumentException refusal)
        {
            skipped(refusal.Message);
        }
    }

    public override void LogHyperparams(
        IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics = null, long? step = null) =>
        Log(() => recorder.LogHyperparams(hyperparams, metrics, step));

    public override void LogText(string name, string text, long? step = null) => Log(() => recorder.LogText(name, text, step));

    public override void LogImage(string name, ImageData image, long? step = null) => Log(() => recorder.LogImage(name, image, step));

    public override void LogHistogram(string name, HistogramData histogram, long? step = null) =>
        Log(() => recorder.LogHistogram(name, histogram, step));

    public override void LogAudio(string name, AudioData audio, long? step = null) => Log(() => recorder.LogAudio(name, audio, step));

    public override void LogGraph(GraphData graph) => Log(() => recorder.LogGraph(graph));

    public override void LogArtifact(string path, string? name = null) => Log(() => recorder.LogArtifact(path, name));

    public override void AfterSaveCheckpoint(Checkpoint checkpoint) => Log(() => recorder.AfterSaveCheckpoint(checkpoint));

    public override void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step = null)
    {
        try
        {
            recorder.LogCustom(kind, name, payload, step);
        }
        catch (ArgumentException refusal)
        {
            skipped(refusal.Message);
        }
    }

    private void Log(Action log)
    {
        try
        {
            log();
        }
        catch (ArgumentException refusal)
        {
            skipped(refusal.Message);
        }
    }
}
