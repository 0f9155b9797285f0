namespace PluginLoggers.Hosting.Plugins;

/// <summary>Where plug-ins are looked for.</summary>
internal static class PluginFolders
{
    /// <summary>
    /// The folders that exist, each once, in the order given. A relative one is looked for beside the application, then in the working
    /// directory.
    /// </summary>
    /// <param name="folders">Absolute or relative paths.</param>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> folders)
    {
        var resolved = new List<string>();
        foreach (var folder in folders)
        {
            foreach (var root in (ReadOnlySpan<string>)[AppContext.BaseDirectory, Directory.GetCurrentDirectory()])
            {
                var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, root));
                if (Directory.Exists(path) && !resolved.Contains(path, PathComparer))
                {
                    resolved.Add(path);
                }
            }
        }

        return resolved;
    }

    /// <summary>The folders in a folder of plug-ins, sorted. Hidden ones are not looked into.</summary>
    /// <param name="folder">An absolute path.</param>
    public static IEnumerable<string> Below(string folder) =>
        Sorted(Directory.GetDirectories(folder)).Where(path => !Path.GetFileName(path).StartsWith('.'));

    /// <summary>Sorts paths, by their characters.</summary>
    /// <param name="paths">The paths, which are moved.</param>
    public static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    private static StringComparer PathComparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
