using System.Text.Json;
using System.Text.Json.Serialization;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// How far a backend has got, with the bookmark by which it finds that place in its output; stored together, after a save.
/// </summary>
internal sealed record Cursor
{
    public const string Suffix = ".cursor.json";

    /// <summary>The alias of the plug-in: another one would not understand the bookmark.</summary>
    public required string Type { get; init; }

    public JournalPosition Position { get; init; } = JournalPosition.Start;

    public string? Bookmark { get; init; }

    /// <summary>How many records the backend has.</summary>
    public long Delivered { get; init; }

    /// <summary>How many records it was not given, because it cannot show such.</summary>
    public long Unsupported { get; init; }

    /// <summary>How many records, or metrics of one, it refused for good.</summary>
    public long DeadLetters { get; init; }

    /// <summary>The last dead letters that were handed over again; null for none.</summary>
    public Redelivery? Redelivered { get; init; }

    /// <summary>How many records of the journals lie before it; counted by the process that reads them, and not stored.</summary>
    [JsonIgnore]
    public long Passed { get; init; }

    /// <summary>Why delivery stands still; null if it does not.</summary>
    public string? LastFailure { get; init; }

    /// <summary>Reads a cursor; null if there is none, or one that cannot be read.</summary>
    public static Cursor? Read(string path)
    {
        try
        {
            return File.Exists(path)
                && JsonSerializer.Deserialize(DurableFile.Read(path), DeliveryJson.Default.Cursor) is { Position.Journal: > 0 } cursor
                ? cursor
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, DeliveryJson.Default.Cursor));
}
