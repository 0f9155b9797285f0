namespace PluginLoggers.TensorBoard.Tests;

/// <summary>A log directory that torch or Lightning wrote, and what TensorBoard's own reader sees in it.</summary>
internal static class GoldenCase
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.GetFiles(FolderOf(""), "*.seen.json").Select(path => Path.GetFileName(path)[..^".seen.json".Length]).Order(
            StringComparer.Ordinal),
    ];

    public static string FolderOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    /// <summary>The only event file of a case, or of a run in it.</summary>
    public static string FileOf(string name) => Assert.Single(FilesOf(name));

    public static string[] FilesOf(string name) =>
        [.. Directory.GetFiles(FolderOf(name), "*tfevents*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
