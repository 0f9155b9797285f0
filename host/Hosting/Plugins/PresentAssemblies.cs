namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// The assemblies that a plug-in brings: beside its main DLL, in folders for runtimes below, and beside what the DLL links to.
/// </summary>
internal sealed class PresentAssemblies
{
    private readonly Dictionary<string, Version> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _unreadable = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string File, AssemblyFacts Facts)> _ofTheFolder = [];

    public PresentAssemblies(PluginFolder folder, string main)
    {
        foreach (var file in folder.Dlls)
        {
            if (Add(file) is { } facts)
            {
                _ofTheFolder.Add((file, facts));
            }
        }

        foreach (var file in Elsewhere(folder.Path, main))
        {
            Add(file);
        }
    }

    /// <summary>The files that may be assemblies.</summary>
    /// <param name="folder">The folder, an absolute path.</param>
    /// <param name="main">Its main DLL.</param>
    public static IEnumerable<string> Files(string folder, string main) =>
        Directory.EnumerateFiles(folder, "*.dll").Concat(Elsewhere(folder, main));

    /// <summary>The assemblies in the folder itself.</summary>
    public IReadOnlyList<(string File, AssemblyFacts Facts)> OfTheFolder => _ofTheFolder;

    /// <summary>The highest version of an assembly that is there, or null.</summary>
    /// <param name="name">Its simple name.</param>
    public Version? VersionOf(string name) => _versions.GetValueOrDefault(name);

    /// <summary>
    /// The file that should be an assembly and is none, with the reason, or null. A native library that nobody refers to may stand there.
    /// </summary>
    /// <param name="name">The assembly's simple name.</param>
    public (string File, string Problem)? Unreadable(string name)
    {
        if (_versions.ContainsKey(name) || !_unreadable.TryGetValue(name, out var file))
        {
            return null;
        }

        return AssemblyFactsReader.TryRead(file, out _, out var problem) ? null : (file, problem);
    }

    private AssemblyFacts? Add(string file)
    {
        if (!AssemblyFactsReader.TryRead(file, out var facts, out _))
        {
            _unreadable.TryAdd(Path.GetFileNameWithoutExtension(file), file);
            return null;
        }

        var (name, version) = facts.Identity;
        _versions[name] = _versions.TryGetValue(name, out var other) && other > version ? other : version;
        return facts;
    }

    private static IEnumerable<string> Elsewhere(string folder, string main) =>
        DllsBelow(Path.Combine(folder, "runtimes")).Concat(DllsBesideTheTargetOf(main));

    private static IEnumerable<string> DllsBelow(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.dll", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 })
        : [];

    // The loader follows the link, and then looks for dependencies where the file really is.
    private static IEnumerable<string> DllsBesideTheTargetOf(string main) =>
        File.ResolveLinkTarget(main, returnFinalTarget: true) is FileInfo { DirectoryName: { } directory }
            ? Directory.EnumerateFiles(directory, "*.dll")
            : [];
}
