using System.Text.Json;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// The form of <c>plugins.lock.json</c>: <c>{ "version": 1, "plugins": { "Name": { "path/of/file": "SHA-256 in hexadecimal" } } }</c>. Read
/// strictly: a lock that is understood in part protects in part.
/// </summary>
internal static class PluginLockFormat
{
    private const string Version = "1";

    private const int HashDigits = 64;

    public static void Write(Utf8JsonWriter writer, SortedDictionary<string, SortedDictionary<string, string>> plugins)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("version");
        writer.WriteRawValue(Version);
        writer.WriteStartObject("plugins");
        foreach (var (name, files) in plugins)
        {
            writer.WriteStartObject(name);
            foreach (var (file, hash) in files)
            {
                writer.WriteString(file, hash);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads a lock.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="JsonException">It is not one.</exception>
    public static SortedDictionary<string, SortedDictionary<string, string>> Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = Object(document.RootElement, "the file");
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is not ("version" or "plugins"))
            {
                throw new JsonException($"unknown member {Text.OneLine(member.Name, 50)}");
            }
        }

        if (!root.TryGetProperty("version", out var version) || version.GetRawText() != Version)
        {
            throw new JsonException($"its version is not {Version}");
        }

        var plugins = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        if (!root.TryGetProperty("plugins", out var all))
        {
            throw new JsonException("plugins is missing");
        }

        foreach (var plugin in Object(all, "plugins").EnumerateObject())
        {
            plugins.Add(plugin.Name, Files(plugin));
        }

        return plugins;
    }

    private static SortedDictionary<string, string> Files(JsonProperty plugin)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Object(plugin.Value, Text.OneLine(plugin.Name, 50)).EnumerateObject())
        {
            var hash = file.Value.ValueKind == JsonValueKind.String ? file.Value.GetString() : null;
            if (hash is not { Length: HashDigits } || !hash.All(char.IsAsciiHexDigit))
            {
                var name = Text.OneLine($"{plugin.Name}/{file.Name}", 150);
                throw new JsonException($"{name} has no SHA-256 of {HashDigits} hexadecimal digits");
            }

            files.Add(file.Name, hash);
        }

        return files;
    }

    private static JsonElement Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? element : throw new JsonException($"{name} is not an object");
}
