using System.Text.Json;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>PL007: the <c>.deps.json</c> beside a main DLL, if there is one, can be read. Without one, what stands beside the DLL is used.</summary>
internal static class DependencyManifest
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Checks the file.</summary>
    /// <param name="folder">The plug-in's folder.</param>
    public static PluginDefect? Check(PluginFolder folder)
    {
        if (folder.Find(folder.Name + ".deps.json") is not { } file)
        {
            return null;
        }

        try
        {
            if (RegularFile.LengthOf(file) is 0 or > MaxBytes)
            {
                return PluginDefects.CorruptDependencies(file, "empty, or too large");
            }

            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? null
                : PluginDefects.CorruptDependencies(file, "not a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return PluginDefects.CorruptDependencies(file, Text.OneLine(exception.Message));
        }
    }
}
