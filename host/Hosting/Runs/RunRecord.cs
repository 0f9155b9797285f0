using System.Text.Json;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Runs;

/// <summary>
/// What a run is and how it stands: <c>.pluginloggers/run.json</c>. Members that a reader does not know are left out when it writes.
/// </summary>
internal sealed record RunRecord
{
    /// <summary>The layout of the file. A larger one is a newer program's, and refused.</summary>
    public const int CurrentSchema = 1;

    private const int MaxLength = 16 * 1024 * 1024;

    /// <summary>The layout of this file.</summary>
    public int Schema { get; } = CurrentSchema;

    /// <summary>
    /// What tells this run from every other run anywhere: 32 hexadecimal digits. Stays the same when it is resumed or moved.
    /// </summary>
    public required string RunId { get; init; }

    /// <summary>The name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the run.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// How the run stands. <see cref="RunStatus.Running"/> in a run that nobody holds the lock of means that its process died.
    /// </summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>When the run was first opened.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The run that this one is a part of.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>Where the run was imported from; null for one that was logged.</summary>
    public ImportedFrom? Imported { get; init; }

    /// <summary>Whether records were dropped because the journal's disk refused them.</summary>
    public bool Incomplete { get; init; }

    /// <summary>The largest step that the run had when it last ended; for a run whose journals are deleted.</summary>
    public long? LargestStep { get; init; }

    /// <summary>The step of the last sample of system metrics that the run had when it last ended; null if it had none.</summary>
    public long? LastSample { get; init; }

    /// <summary>The number of the newest journal file there ever was: none is given twice, because cursors name them.</summary>
    public int LastJournal { get; init; }

    // The serializer assigns null where the file has no such member.

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init => field = value ?? field;
    } = new Dictionary<string, string>();

    /// <summary>The loggers that were ever attached, by their keys.</summary>
    public IReadOnlyDictionary<string, AttachedLogger> Loggers
    {
        get;
        init => field = value ?? field;
    } = new Dictionary<string, AttachedLogger>();

    /// <summary>Reads the record of a run, and what a full disk had no room for in it.</summary>
    /// <exception cref="InvalidDataException">The file is no record, or a newer program's; with its path and the cure.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunRecord Of(RunFolder folder)
    {
        var record = Read(folder.RecordFile);
        return record.Incomplete || !File.Exists(folder.IncompleteFile) ? record : record with { Incomplete = true };
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">The file is no record, or a newer program's; with its path and the cure.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunRecord Read(string path)
    {
        if (new FileInfo(path).Length > MaxLength)
        {
            throw Corrupt(path, $"it is larger than {MaxLength} bytes.", innerException: null);
        }

        try
        {
            var content = DurableFile.Read(path);
            RefuseNewer(path, content);
            var record = JsonSerializer.Deserialize(content, RunJson.Default.RunRecord);
            return record is { RunId.Length: > 0 } && Enum.IsDefined(record.Status) && !record.HasNulls()
                ? record
                : throw Corrupt(path, "members are missing or have no meaning.", innerException: null);
        }
        catch (JsonException exception)
        {
            throw Corrupt(path, JsonMistake.Of(exception), exception);
        }
    }

    /// <summary>
    /// The record as its journals have it: a process that died may have written to the journal what it could not note here any more.
    /// </summary>
    public RunRecord CorrectedBy(JournalSurvey survey) =>
        survey.Status is { } status && status != Status && (Ended is null || survey.Last > Ended)
            ? this with { Status = status, Ended = status == RunStatus.Running ? null : survey.Last }
            : this;

    /// <summary>Writes the record in the place of the one that is there; a reader sees the one or the other.</summary>
    /// <exception cref="IOException">The old record is as it was.</exception>
    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Default.RunRecord));

    // What the nullability of the properties does not cover.
    private bool HasNulls() => Tags.Values.Any(static value => value is null) || Loggers.Values.Any(static logger => logger is null);

    // By itself and first: what else a newer program changed may not even deserialize.
    private static void RefuseNewer(string path, byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("schema", out var schema)
            && schema.ValueKind == JsonValueKind.Number
            && !(schema.TryGetInt32(out var number) && number <= CurrentSchema))
        {
            throw new InvalidDataException(
                $"{path} was written by a newer PluginLoggers (layout {schema.GetRawText()}, this one knows {CurrentSchema}). "
                    + "Update this program.");
        }
    }

    private static InvalidDataException Corrupt(string path, string problem, Exception? innerException) =>
        new(
            $"{path} is not the record of a run: {problem} Move it away; whoever opens the run next writes a new one, with a new run id.",
            innerException);
}
