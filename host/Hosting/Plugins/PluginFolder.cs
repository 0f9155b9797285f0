namespace PluginLoggers.Hosting.Plugins;

/// <summary>A folder in which a plug-in stands, and its files.</summary>
/// <param name="name">Its name, which is that of the main DLL as well.</param>
/// <param name="path">The folder, an absolute path.</param>
internal sealed class PluginFolder(string name, string path)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    /// <summary>The files of the folder itself, sorted; those of cultures and runtimes, in folders below, are not among them.</summary>
    public string[] Files { get; } = PluginFolders.Sorted(Directory.GetFiles(path));

    /// <summary>The main DLL: exactly named, or differing in case alone; null if there is none.</summary>
    public string? Main => Find(Name + ".dll");

    /// <summary>Whether these are the sources of a plug-in, which nobody meant to install: a project and no DLL.</summary>
    public bool IsProject =>
        !Files.Any(IsDll) && Files.Any(file => System.IO.Path.GetExtension(file).EndsWith("proj", StringComparison.Ordinal));

    public IEnumerable<string> Dlls => Files.Where(IsDll);

    /// <summary>A file by its name, in any case if there is none in the same.</summary>
    /// <param name="fileName">The name.</param>
    public string? Find(string fileName) =>
        Array.Find(Files, file => System.IO.Path.GetFileName(file).Equals(fileName, StringComparison.Ordinal))
        ?? Array.Find(Files, file => System.IO.Path.GetFileName(file).Equals(fileName, StringComparison.OrdinalIgnoreCase));

    private static bool IsDll(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
