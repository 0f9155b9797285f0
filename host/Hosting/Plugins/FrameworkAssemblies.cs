using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>The assemblies that a plug-in gets from the host: those of .NET, and those of the application.</summary>
internal static class FrameworkAssemblies
{
    private static readonly ConcurrentDictionary<string, Version?> Versions = new(StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Files = ReadTrustedFiles();

    private static readonly string? FrameworkDirectory = DirectoryOfTheFramework();

    /// <summary>The version of an assembly in the host, or null if the host has none of that name.</summary>
    /// <param name="name">Its simple name.</param>
    public static Version? VersionOf(string name) => Versions.GetOrAdd(name, Look);

    /// <summary>Says whether an assembly is a part of .NET, as opposed to a package that the application happens to use.</summary>
    /// <param name="name">Its simple name.</param>
    public static bool IsPartOfNet(string name)
    {
        if (FrameworkDirectory is not null && Files.TryGetValue(name, out var file))
        {
            return string.Equals(Path.GetDirectoryName(file), FrameworkDirectory, StringComparison.OrdinalIgnoreCase);
        }

        // Self-contained or in a single file, everything stands in one place, and the name is all there is to go by.
        return FrameworkDirectory is null && VersionOf(name) is not null
            && (name.StartsWith("System.", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("Microsoft.Win32.", StringComparison.OrdinalIgnoreCase));
    }

    private static Version? Look(string name)
    {
        try
        {
            if (Files.TryGetValue(name, out var file))
            {
                // What AssemblyName.GetAssemblyName finds by reflection, which takes 5 ms at the first use.
                return MetadataReader.GetAssemblyName(file).Version;
            }

            // Only in a single-file application is there more than the list says.
            return IsBundled() ? LoadedVersion(name) : null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException
            or ArgumentException)
        {
            return null;
        }
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is what tells a single-file application.")]
    private static bool IsBundled() => typeof(FrameworkAssemblies).Assembly.Location.Length == 0;

    private static Version? LoadedVersion(string name) =>
        AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)).GetName().Version;

    private static Dictionary<string, string> ReadTrustedFiles()
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var list = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (var file in list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }

        return files;
    }

    private static string? DirectoryOfTheFramework()
    {
        var directory = Files.TryGetValue("System.Private.CoreLib", out var file) ? Path.GetDirectoryName(file) : null;
        var application = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return string.Equals(directory, application, StringComparison.OrdinalIgnoreCase) ? null : directory;
    }
}
