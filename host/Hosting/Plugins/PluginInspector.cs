namespace PluginLoggers.Hosting.Plugins;

/// <summary>Judges a plug-in's folder by what its files say, without running any of their code.</summary>
internal static class PluginInspector
{
    /// <summary>The plug-ins of a folder: none of an empty one, one as a rule, several where one DLL holds several.</summary>
    /// <param name="path">The folder, an absolute path.</param>
    public static IReadOnlyList<PluginEntry> Inspect(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var folder = new PluginFolder(name, path);
            if (folder.IsProject || !Directory.EnumerateFileSystemEntries(path).Any())
            {
                return [];
            }

            return folder.Main is { } main
                ? InspectMain(folder, main)
                : [Unusable(name, path, path, PluginDefects.MissingMain(path, name))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [Unusable(name, path, path, PluginDefects.MissingMain(path, name, Text.OneLine(exception.Message)))];
        }
    }

    private static IReadOnlyList<PluginEntry> InspectMain(PluginFolder folder, string main)
    {
        if (!RegularFile.Exists(main))
        {
            var nowhere = $"{Path.GetFileName(main)} is a link that leads nowhere";
            return [Unusable(folder.Name, folder.Path, main, PluginDefects.MissingMain(folder.Path, folder.Name, nowhere))];
        }

        if (!AssemblyFactsReader.TryRead(main, out var facts, out var problem))
        {
            return [Unusable(folder.Name, folder.Path, main, PluginDefects.NotAnAssembly(main, problem))];
        }

        var defect = FrameworkRule.Check(main, facts) ?? ContractRule.Check(main, facts);
        if (facts.MarkedTypes.Count == 0)
        {
            return [Entry(folder, main, facts, null, defect ?? PluginDefects.NoPlugin(main))];
        }

        defect ??= DependencyRule.Check(folder, main) ?? DependencyManifest.Check(folder);
        return [.. facts.MarkedTypes.Select(type => Entry(folder, main, facts, type, Problem(main, type) ?? defect))];
    }

    private static PluginDefect? Problem(string main, MarkedType type) =>
        type.Problem is null ? null : PluginDefects.NoPlugin(main, $"{type.FullName} carries [LoggerPlugin] and {type.Problem}");

    private static PluginEntry Unusable(string name, string folder, string path, PluginDefect defect) =>
        new(name) { Folder = folder, Path = path, Defect = defect };

    private static PluginEntry Entry(PluginFolder folder, string main, AssemblyFacts facts, MarkedType? type, PluginDefect? defect) =>
        new(folder.Name)
        {
            Alias = type is null || string.IsNullOrWhiteSpace(type.Alias) ? null : type.Alias,
            Folder = folder.Path,
            Path = main,
            Version = facts.Identity.Version,
            ContractVersion = ContractRule.VersionOf(facts),
            TypeName = type?.FullName,
            Defect = defect,
        };
}
