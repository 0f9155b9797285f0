namespace PluginLoggers.Hosting.Plugins;

/// <summary>Finds what stands in one folder of plug-ins.</summary>
internal static class PluginDiscovery
{
    /// <summary>The plug-ins in it, the unusable included.</summary>
    /// <param name="folder">The folder, an absolute path.</param>
    /// <param name="isMeant">Which of the folders in it are looked into; null for all.</param>
    public static IReadOnlyList<PluginEntry> In(string folder, Func<string, bool>? isMeant = null)
    {
        try
        {
            return [.. Loose(folder), .. PluginFolders.Below(folder).Where(isMeant ?? (_ => true)).SelectMany(PluginInspector.Inspect)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var name = Path.GetFileName(folder);
            var defect = PluginDefects.MissingMain(folder, name, Text.OneLine(exception.Message));
            return [new PluginEntry(name) { Path = folder, Defect = defect }];
        }
    }

    // A plug-in that was copied here without a folder of its own is a mistake that is easily made, and would otherwise be ignored in
    // silence.
    private static IEnumerable<PluginEntry> Loose(string folder)
    {
        foreach (var file in PluginFolders.Sorted(Directory.GetFiles(folder, "*.dll")))
        {
            if (AssemblyFactsReader.TryRead(file, out var facts, out _) && facts.MarkedTypes.Count > 0)
            {
                var name = Path.GetFileNameWithoutExtension(file);
                yield return new PluginEntry(name)
                {
                    Path = file,
                    Version = facts.Identity.Version,
                    Defect = PluginDefects.LooseMain(file, name),
                };
            }
        }
    }
}
