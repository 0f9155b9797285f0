using System.Text.Json;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Runs;

/// <summary>Writes what <see cref="RunJson"/> reads, to the byte as that would write it.</summary>
internal static class RunFormat
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <summary>The content of a run's record.</summary>
    public static byte[] Of(RunRecord record) => JsonContent.Of(record, static (json, record) =>
    {
        json.WriteNumber("schema", record.Schema);
        json.WriteString("runId", record.RunId);
        json.WriteString("name", record.Name);
        json.WriteString("version", record.Version);
        json.WriteString("status", record.Status.ToString());
        json.WriteString("created", record.Created);
        if (record.Ended is { } ended)
        {
            json.WriteString("ended", ended);
        }

        json.WriteIfThere("parentRunId", record.ParentRunId);
        if (record.Imported is { } imported)
        {
            Write(json, imported);
        }

        json.WriteBoolean("incomplete", record.Incomplete);
        json.WriteIfThere("largestStep", record.LargestStep);
        json.WriteIfThere("lastSample", record.LastSample);
        json.WriteNumber("lastJournal", record.LastJournal);
        Write(json, "tags", record.Tags!);
        Write(json, record.Loggers);
    }, Readable);

    /// <summary>The content of the file that says who writes a run.</summary>
    public static byte[] Of(LockOwner owner) => JsonContent.Of(owner, static (json, owner) =>
    {
        json.WriteString("host", owner.Host);
        json.WriteIfThere("boot", owner.Boot);
        json.WriteNumber("processId", owner.ProcessId);
        json.WriteString("program", owner.Program);
        json.WriteString("since", owner.Since);
        json.WriteString("purpose", owner.Purpose.ToString());
    }, Readable);

    private static void Write(Utf8JsonWriter json, ImportedFrom imported)
    {
        json.WriteStartObject("imported");
        json.WriteString("format", imported.Format);
        json.WriteString("path", imported.Path);
        json.WriteStartArray("calls");
        foreach (var calls in imported.Calls)
        {
            json.WriteNumberValue(calls);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, AttachedLogger> loggers)
    {
        json.WriteStartObject("loggers");
        foreach (var (key, logger) in loggers)
        {
            json.WriteStartObject(key);
            json.WriteString("type", logger.Type);
            json.WriteIfThere("location", logger.Location);
            Write(json, "options", logger.Options);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string?>> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
