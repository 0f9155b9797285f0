using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

/// <summary>A folder of plug-ins that a test fills, with copies of real ones, and damages.</summary>
public sealed class PluginYard : IDisposable
{
    public PluginYard() => Root = Directory.CreateTempSubdirectory("plugin-yard-").FullName;

    /// <summary>Where the plug-ins stand that were built for the tests.</summary>
    public static string Fixtures { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures");

    public string Root { get; }

    public string LockFile => Path.Combine(Root, "..", Path.GetFileName(Root) + ".lock.json");

    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>Copies a plug-in built for the tests, perhaps under another name, and gives its main DLL.</summary>
    public string Install(string fixture, string? name = null)
    {
        name ??= fixture;
        var folder = Directory.CreateDirectory(this[name]).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fixtures, fixture)))
        {
            var fileName = Path.GetFileName(file);
            var renamed = fileName.StartsWith(fixture + ".", StringComparison.Ordinal) ? name + fileName[fixture.Length..] : fileName;
            File.Copy(file, Path.Combine(folder, renamed));
        }

        if (name != fixture)
        {
            // It names the DLL by its old name.
            File.Delete(Path.Combine(folder, name + ".deps.json"));
        }

        return Path.Combine(folder, name + ".dll");
    }

    /// <summary>Writes a file, and the folders that lead to it.</summary>
    public string Write(string relative, ReadOnlySpan<byte> content)
    {
        var file = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    public PluginCatalog Discover() => PluginCatalog.Discover([Root], LockFile);

    /// <summary>The only plug-in that there is.</summary>
    public PluginEntry Only() => Assert.Single(Discover().Entries);

    public void Dispose()
    {
        File.Delete(LockFile);
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps what is loaded.
        }
    }
}
