using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>
/// What MLflow has no records for, as files that its UI shows. Logged again at the same step, a text, a histogram or sound replaces the
/// one before.
/// </summary>
internal sealed class MediaArtifacts(string runId, NameTable names)
{
    public PendingArtifact Text(string name, string text, long step) => At("text", name, step, "md", Encoding.UTF8.GetBytes(text));

    public PendingArtifact Audio(string name, AudioData audio, long step) => At("audio", name, step, "wav", audio.Wav);

    public PendingArtifact Table(string name, byte[] json, long step) => At("tables", name, step, "json", json);

    public PendingArtifact Histogram(string name, HistogramData histogram, long step) => At("histograms", name, step, "json", Json(writer =>
    {
        WriteNumber(writer, "min", histogram.Min);
        WriteNumber(writer, "max", histogram.Max);
        WriteNumber(writer, "count", histogram.Count);
        WriteNumber(writer, "sum", histogram.Sum);
        WriteNumber(writer, "sum_of_squares", histogram.SumOfSquares);
        WriteNumbers(writer, "bucket_limits", histogram.BucketLimits.Span);
        WriteNumbers(writer, "bucket_counts", histogram.BucketCounts.Span);
    }));

    public static PendingArtifact Graph(GraphData graph) => new("graph.json", Json(writer =>
    {
        writer.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", node.Name);
            writer.WriteString("operation", node.Operation);
            writer.WriteStartArray("inputs");
            foreach (var input in node.Inputs)
            {
                writer.WriteStringValue(input);
            }

            writer.WriteEndArray();
            WriteTexts(writer, "attributes", node.Attributes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    /// <summary>
    /// A PNG as the UI's image grid wants it: <c>images/KEY+step+STEP+timestamp+MS+UUID.png</c>, and a second file for the grid's small
    /// pictures. Other formats, which the grid was not made for, as ordinary files.
    /// </summary>
    public IEnumerable<PendingArtifact> Image(string name, ImageData image, long step, long milliseconds)
    {
        if (image.Format != ImageFormat.Png)
        {
            return [At("media", name, step, image.Format == ImageFormat.Jpeg ? "jpg" : "gif", image.Encoded)];
        }

        var file = string.Create(CultureInfo.InvariantCulture, $"images/{names.ImageKey(name)}+step+{step}+timestamp+{milliseconds}+");
        var uuid = new Guid(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{runId} {file}"), .. SHA256.HashData(image.Encoded.Span)])
            .AsSpan(0, 16));
        return [new($"{file}{uuid}.png", image.Encoded), new($"{file}{uuid}+compressed.png", image.Encoded)];
    }

    /// <summary>What is known of a checkpoint, to be stored beside it.</summary>
    public static ReadOnlyMemory<byte> Metadata(Checkpoint checkpoint, long milliseconds) => Json(writer =>
    {
        writer.WriteString("original_filename", Path.GetFileName(checkpoint.Path));
        writer.WriteNumber("step", checkpoint.Step ?? 0);
        writer.WriteNumber("timestamp", milliseconds);
        writer.WriteBoolean("best", checkpoint.IsBest);
        writer.WriteBoolean("latest", checkpoint.IsLatest);
        if (checkpoint.Metric is { } metric)
        {
            writer.WriteString("metric", metric);
        }

        if (checkpoint.Score is { } score)
        {
            WriteNumber(writer, "score", score);
        }
    });

    private PendingArtifact At(string folder, string name, long step, string extension, ReadOnlyMemory<byte> content) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{folder}/{names.Artifact(name)}/step_{step:D6}.{extension}"), content);

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<double> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteStringValue(HyperparameterText.Of(value));
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, HyperparameterText.Of(value));
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string>? texts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in texts ?? new Dictionary<string, string>())
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
