using System.Buffers;
using System.Text.Json;

namespace PluginLoggers.Hosting.Storage;

/// <summary>The content of small files, written member by member.</summary>
/// <remarks>
/// By hand, because what the serializer prepares before its first byte takes 25 ms for a run's record and 15 for a cursor, together a tenth
/// of a start. A run that is not resumed reads neither.
/// </remarks>
internal static class JsonContent
{
    /// <summary>An object.</summary>
    /// <param name="value">What it holds.</param>
    /// <param name="members">Writes its members.</param>
    /// <param name="options">How it looks.</param>
    public static byte[] Of<T>(T value, Action<Utf8JsonWriter, T> members, JsonWriterOptions options = default)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content, options))
        {
            json.WriteStartObject();
            members(json, value);
            json.WriteEndObject();
        }

        return content.WrittenSpan.ToArray();
    }

    /// <summary>Writes a member; null is left out.</summary>
    public static void WriteIfThere(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes a member; null is left out.</summary>
    public static void WriteIfThere(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
