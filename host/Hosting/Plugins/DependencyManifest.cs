using System.Text.Json;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// PL007: the <c>.deps.json</c> beside a main DLL, if there is one, can be read. Without one, what stands beside the DLL is used.
/// </summary>
/// <remarks>
/// The runtime's native reader of this file trusts it wholly: where it finds JSON of another shape, it ends the process. So everything that
/// it relies on is checked here first. The form is described in
/// https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md.
/// </remarks>
internal static class DependencyManifest
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    private static readonly string[] AssetKinds = ["runtime", "resources", "native", "runtimeTargets"];

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
                return PluginDefects.CorruptDependencies(file, "it is empty, or larger than 64 MB");
            }

            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream, Strict);
            CheckShape(document.RootElement);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return PluginDefects.CorruptDependencies(file, Text.OneLine(exception.Message));
        }
    }

    private static void CheckShape(JsonElement root)
    {
        Require(root, JsonValueKind.Object, "the file");
        var target = Member(root, "runtimeTarget");
        var name = target.ValueKind == JsonValueKind.String
            ? target
            : Member(Require(target, JsonValueKind.Object, "runtimeTarget"), "name");
        var targets = Require(Member(root, "targets"), JsonValueKind.Object, "targets");
        foreach (var package in Objects(Member(targets, Require(name, JsonValueKind.String, "runtimeTarget").GetString()!), "targets"))
        {
            CheckAssets(package);
        }

        foreach (var library in Objects(Member(root, "libraries"), "libraries"))
        {
            Require(Member(library.Value, "type"), JsonValueKind.String, library.Name);
            Require(Member(library.Value, "sha512"), JsonValueKind.String, library.Name);
        }
    }

    private static void CheckAssets(JsonProperty package)
    {
        foreach (var kind in AssetKinds)
        {
            if (!package.Value.TryGetProperty(kind, out var files))
            {
                continue;
            }

            foreach (var file in Objects(files, package.Name))
            {
                if (kind == "runtimeTargets")
                {
                    Require(Member(file.Value, "assetType"), JsonValueKind.String, file.Name);
                    Require(Member(file.Value, "rid"), JsonValueKind.String, file.Name);
                }
            }
        }
    }

    private static IEnumerable<JsonProperty> Objects(JsonElement element, string name)
    {
        foreach (var member in Require(element, JsonValueKind.Object, name).EnumerateObject())
        {
            Require(member.Value, JsonValueKind.Object, member.Name);
            yield return member;
        }
    }

    private static JsonElement Member(JsonElement element, string name) => element.TryGetProperty(name, out var member)
        ? member
        : throw new JsonException($"{Text.OneLine(name, 100)} is missing");

    private static JsonElement Require(JsonElement element, JsonValueKind kind, string name) => element.ValueKind == kind
        ? element
        : throw new JsonException($"{Text.OneLine(name, 100)} is {element.ValueKind}, and should be {kind}");
}
