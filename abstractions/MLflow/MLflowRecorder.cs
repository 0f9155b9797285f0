using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginLoggers;

/// <summary>Logs what MLflow shows and others do not: tables and datasets. Thread-safe, as the logger is.</summary>
public static class MLflowRecorder
{
    private const int MaxNameLength = 500;
    private const int MaxDigestLength = 36;
    private const int MaxSourceLength = 65_535;
    private const int MaxSchemaLength = 1_048_575;
    private const int MaxProfileLength = 16_777_215;

    // Names and texts of any script stay readable; nothing here becomes part of a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Logs a table, such as predictions beside their truth, as
    /// <see href="https://mlflow.org/docs/latest/python_api/mlflow.html#mlflow.log_table"/> does; logged again at the same step, it
    /// replaces the one before.
    /// </summary>
    /// <param name="recorder">A logger, or the <see cref="ILightningLogger.Experiment"/> of the MLflow backend.</param>
    /// <param name="name">The name under which it is shown.</param>
    /// <param name="table">The table. A number that is not finite is shown as null.</param>
    /// <param name="step">The step; null is one more than the largest step of the run so far.</param>
    /// <exception cref="ArgumentException">
    /// It is larger than <see cref="RecordLimits.MaxRecordBytes"/>: log a file as an artifact.
    /// </exception>
    public static void LogTable(this IOpenRecorder recorder, string name, TableData table, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(table);
        recorder.LogCustom(MLflowRecordKinds.Table, name, Write(table), step);
    }

    /// <summary>
    /// Logs that a dataset goes into the run, as <see href="https://mlflow.org/docs/latest/python_api/mlflow.html#mlflow.log_input"/> does.
    /// </summary>
    /// <param name="recorder">A logger, or the <see cref="ILightningLogger.Experiment"/> of the MLflow backend.</param>
    /// <param name="dataset">What is known of it. The same one again changes nothing.</param>
    /// <exception cref="ArgumentException">A text is longer than its limit, or a schema or profile is no JSON.</exception>
    public static void LogDataset(this IOpenRecorder recorder, DatasetInfo dataset)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(dataset.Name, nameof(dataset));
        CheckLength(nameof(dataset.Name), dataset.Name, MaxNameLength);
        CheckLength(nameof(dataset.Digest), dataset.Digest, MaxDigestLength);
        CheckJson(nameof(dataset.Schema), dataset.Schema, MaxSchemaLength);
        CheckJson(nameof(dataset.Profile), dataset.Profile, MaxProfileLength);
        var source = Source(dataset);
        CheckLength(nameof(dataset.Source), source, MaxSourceLength);
        recorder.LogCustomOfRun(MLflowRecordKinds.Dataset, dataset.Name, Write(dataset, source));
    }

    private static ReadOnlySpan<byte> Write(TableData table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data");
        foreach (var row in table.Rows)
        {
            writer.WriteStartArray();
            foreach (var value in row)
            {
                WriteValue(writer, HyperparameterValue.Plain(value));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case null or double:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }

    private static ReadOnlySpan<byte> Write(DatasetInfo dataset, string source)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        writer.WriteString("digest", dataset.Digest ?? DigestOf(dataset, source));
        writer.WriteString("source_type", dataset.SourceType);
        writer.WriteString("source", source);
        WriteKnown(writer, "schema", dataset.Schema);
        WriteKnown(writer, "profile", dataset.Profile);
        WriteKnown(writer, "context", dataset.Context);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>MLflow's sources are JSON; a path or URI alone becomes one.</summary>
    private static string Source(DatasetInfo dataset) =>
        IsJson(dataset.Source) ? dataset.Source : $$"""{"uri":"{{JsonEncodedText.Encode(dataset.Source, Writing.Encoder)}}"}""";

    private static string DigestOf(DatasetInfo dataset, string source) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\0', dataset.Name, dataset.SourceType, source, dataset.Schema, dataset.Profile))).AsSpan(0, 4));

    private static void CheckLength(string what, string? text, int most)
    {
        if (text?.Length > most)
        {
            throw new ArgumentException($"{what}: found {text.Length} characters, expected at most {most}.", what);
        }
    }

    private static void CheckJson(string what, string? text, int most)
    {
        CheckLength(what, text, most);
        if (text is not null && !IsJson(text))
        {
            throw new ArgumentException($"{what}: found what is no JSON object.", what);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
