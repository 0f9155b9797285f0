namespace PluginLoggers.EndToEnd.Tests.Support;

/// <summary>The source of the project, above the folder in which the tests were built.</summary>
internal static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Read(string path) => File.ReadAllText(At(path)).ReplaceLineEndings("\n");

    public static string At(string path) => Path.Combine(Root, path);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "PluginLoggers.sln"))
        ? folder
        : Find(
            Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? throw new DirectoryNotFoundException("PluginLoggers.sln"));
}
