namespace PluginLoggers.Csv.Import;

/// <summary>Finds runs by their files: a folder with a <c>metrics.csv</c>, a <c>hparams.yaml</c>, or both is one.</summary>
internal static class CsvRuns
{
    private const string MetricsName = "metrics.csv";
    private const string HyperparametersName = "hparams.yaml";

    public static IReadOnlyList<SourceRun> Find(string path)
    {
        if (File.Exists(path))
        {
            return IsTable(path) ? [RunOf(Path.GetDirectoryName(path)!, "", path)] : [];
        }

        var runs = new List<SourceRun>();
        foreach (var folder in FoldersOf(path))
        {
            var metrics = Path.Combine(folder, MetricsName);
            if (File.Exists(metrics) || File.Exists(Path.Combine(folder, HyperparametersName)))
            {
                var name = Path.GetRelativePath(path, folder).Replace(Path.DirectorySeparatorChar, '/');
                runs.Add(RunOf(folder, name == "." ? "" : name, metrics));
            }
        }

        return [.. runs.OrderBy(run => run.Name, StringComparer.Ordinal)];
    }

    /// <summary>Links to folders are not followed: what they lead to would be found twice, or without end.</summary>
    private static IEnumerable<string> FoldersOf(string path)
    {
        var found = new Stack<string>([path]);
        while (found.TryPop(out var folder))
        {
            yield return folder;
            foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(below => below.LinkTarget is null))
            {
                found.Push(below.FullName);
            }
        }
    }

    private static bool IsTable(string path) =>
        Path.GetExtension(path) is var extension
        && (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase));

    private static CsvSourceRun RunOf(string folder, string name, string metrics)
    {
        var hyperparameters = Path.Combine(folder, HyperparametersName);
        return new CsvSourceRun(name, File.Exists(metrics) ? metrics : null, File.Exists(hyperparameters) ? hyperparameters : null);
    }
}
