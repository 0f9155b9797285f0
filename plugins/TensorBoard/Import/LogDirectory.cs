namespace PluginLoggers.TensorBoard;

/// <summary>A folder of runs as TensorBoard sees it: each folder that holds an event file is one.</summary>
internal static class LogDirectory
{
    /// <summary>The runs at a place, ordered by name.</summary>
    public static IReadOnlyList<SourceRun> FindRuns(string path)
    {
        if (File.Exists(path))
        {
            return IsEventFile(path) ? [new EventFileRun("", [path])] : [];
        }

        var runs = new List<SourceRun>();
        if (Directory.Exists(path))
        {
            Search(new DirectoryInfo(path), "", [], runs);
        }

        return [.. runs.OrderBy(run => run.Name, StringComparer.Ordinal)];
    }

    /// <summary>The rule of TensorBoard: any name that contains <c>tfevents</c>, but for the placeholder of an empty profile.</summary>
    public static bool IsEventFile(string path)
    {
        var name = Path.GetFileName(path);
        return name.Contains("tfevents", StringComparison.Ordinal) && !name.EndsWith(".profile-empty", StringComparison.Ordinal);
    }

    private static void Search(DirectoryInfo directory, string name, HashSet<string> visited, List<SourceRun> runs)
    {
        // A link may lead to where it stands itself.
        if (!visited.Add(directory.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory.FullName))
        {
            return;
        }

        // The order of the names is the order of time, as writers put it in front.
        string[] files = [.. directory.EnumerateFiles().Select(file => file.FullName).Where(IsEventFile).Order(StringComparer.Ordinal)];
        if (files.Length > 0)
        {
            runs.Add(new EventFileRun(name, files));
        }

        foreach (var inner in directory.EnumerateDirectories())
        {
            Search(inner, name.Length == 0 ? inner.Name : $"{name}/{inner.Name}", visited, runs);
        }
    }
}
