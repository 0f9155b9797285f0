using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Logging;

/// <summary>
/// The trainer's side: turns each call into a record of the journal, for every backend or for one of them. Safe for any number of threads.
/// </summary>
internal sealed class JournalRecorder(IRecordSink journal, int target, HyperparameterRedaction redaction)
{
    public void LogMetrics(ReadOnlySpan<Metric> metrics, long? step) => journal.AppendMetrics(target, metrics, step);

    public void LogHyperparams(IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyDictionary<string, double>? metrics, long? step)
    {
        var flat = redaction.Redact(Hyperparameters.Flatten(hyperparams));
        foreach (var name in flat.Keys.Concat(metrics?.Keys ?? []))
        {
            RecordNames.Check(name, nameof(hyperparams));
        }

        var body = new RecordBuffer();
        HyperparametersRecord.Write(body, flat, metrics);
        journal.Append(RecordKind.Hyperparameters, target, body, step, hasStep: metrics is not null || step is not null);
    }

    public void LogText(string name, string text, long? step)
    {
        ArgumentNullException.ThrowIfNull(text);
        var body = Named(name, text.Length);
        TextRecord.Write(body, name, text);
        journal.Append(RecordKind.Text, target, body, step);
    }

    public void LogImage(string name, ImageData image, long? step)
    {
        ArgumentNullException.ThrowIfNull(image);
        var body = Named(name, image.Encoded.Length);
        ImageRecord.Write(body, name, image);
        journal.Append(RecordKind.Image, target, body, step);
    }

    public void LogHistogram(string name, HistogramData histogram, long? step)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var body = Named(name, histogram.BucketLimits.Length * 2 * sizeof(double));
        HistogramRecord.Write(body, name, histogram);
        journal.Append(RecordKind.Histogram, target, body, step);
    }

    public void LogAudio(string name, AudioData audio, long? step)
    {
        ArgumentNullException.ThrowIfNull(audio);
        var body = Named(name, audio.Wav.Length);
        AudioRecord.Write(body, name, audio);
        journal.Append(RecordKind.Audio, target, body, step);
    }

    public void LogGraph(GraphData graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var body = new RecordBuffer();
        GraphRecord.Write(body, graph);
        journal.Append(RecordKind.Graph, target, body, hasStep: false);
    }

    public void LogArtifact(string path, string? name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var body = new RecordBuffer();
        ArtifactRecord.Write(body, path, name);
        journal.Append(RecordKind.Artifact, target, body, hasStep: false);
    }

    public void AfterSaveCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(checkpoint.Path, nameof(checkpoint));
        var body = new RecordBuffer();
        CheckpointRecord.Write(body, checkpoint);
        journal.Append(RecordKind.Checkpoint, target, body, checkpoint.Step);
    }

    public void LogCustom(string kind, string name, ReadOnlySpan<byte> payload, long? step)
    {
        RecordNames.Check(kind, nameof(kind));
        var body = Named(name, payload.Length);
        CustomRecord.Write(body, kind, name, payload);
        journal.Append(RecordKind.Custom, target, body, step);
    }

    public void LogCustomOfRun(string kind, string name, ReadOnlySpan<byte> payload)
    {
        RecordNames.Check(kind, nameof(kind));
        var body = Named(name, payload.Length);
        CustomRecord.Write(body, kind, name, payload);
        journal.Append(RecordKind.Custom, target, body, step: 0, hasStep: false);
    }

    private static RecordBuffer Named(string name, int size)
    {
        RecordNames.Check(name, nameof(name));
        return new RecordBuffer(Math.Min(size, RecordLimits.MaxRecordBytes) + name.Length + 64);
    }
}
