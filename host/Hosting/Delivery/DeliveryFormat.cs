using System.Text.Json;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>Writes what <see cref="DeliveryJson"/> reads, to the byte as that would write it.</summary>
internal static class DeliveryFormat
{
    /// <summary>The content of a cursor's file.</summary>
    public static byte[] Of(Cursor cursor) => JsonContent.Of(cursor, static (json, cursor) =>
    {
        json.WriteString("type", cursor.Type);
        Write(json, cursor.Position);
        json.WriteIfThere("bookmark", cursor.Bookmark);
        json.WriteNumber("delivered", cursor.Delivered);
        json.WriteNumber("unsupported", cursor.Unsupported);
        json.WriteNumber("deadLetters", cursor.DeadLetters);
        if (cursor.Redelivered is { } redelivered)
        {
            json.WriteStartObject("redelivered");
            Write(json, "handed", redelivered.Handed);
            Write(json, "refused", redelivered.Refused);
            json.WriteEndObject();
        }

        json.WriteIfThere("lastFailure", cursor.LastFailure);
    });

    /// <summary>A line of an index of dead letters, without its end.</summary>
    public static byte[] Of(DeadLetter letter) => JsonContent.Of(letter, Write);

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<DeadLetter> letters)
    {
        json.WriteStartArray(name);
        foreach (var letter in letters)
        {
            json.WriteStartObject();
            Write(json, letter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DeadLetter letter)
    {
        Write(json, letter.Position);
        json.WriteString("kind", letter.Kind);
        json.WriteIfThere("metric", letter.Metric);
        json.WriteString("reason", letter.Reason);
    }

    private static void Write(Utf8JsonWriter json, JournalPosition position)
    {
        json.WriteStartObject("position");
        json.WriteNumber("journal", position.Journal);
        json.WriteNumber("offset", position.Offset);
        json.WriteNumber("record", position.Record);
        json.WriteEndObject();
    }
}
