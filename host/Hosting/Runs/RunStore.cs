namespace PluginLoggers.Hosting.Runs;

/// <summary>The runs below a save directory, whoever wrote them. Only reads.</summary>
internal static class RunStore
{
    /// <summary>
    /// Finds the runs: each folder that has a record. Links are not followed, so that none is found twice; what cannot be read is passed
    /// over.
    /// </summary>
    /// <param name="saveDir">The folder of all runs; one that does not exist has none.</param>
    /// <returns>In the order of their names; counted versions by number, <c>version_2</c> before <c>version_10</c>.</returns>
    public static IEnumerable<RunFolder> Find(string saveDir) => Find(Path.GetFullPath(saveDir), []);

    private static IEnumerable<RunFolder> Find(string saveDir, string[] segments)
    {
        if (segments.Length >= 2 && TryFolder(saveDir, segments) is { } folder)
        {
            yield return folder;
        }

        // One more than a name has: the version.
        if (segments.Length > RunNames.MaxSegments)
        {
            yield break;
        }

        foreach (var name in Subdirectories(Path.Combine([saveDir, .. segments])))
        {
            foreach (var found in Find(saveDir, [.. segments, name]))
            {
                yield return found;
            }
        }
    }

    private static RunFolder? TryFolder(string saveDir, string[] segments)
    {
        try
        {
            var folder = new RunFolder(saveDir, string.Join('/', segments[..^1]), segments[^1]);
            return File.Exists(folder.RecordFile) ? folder : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<string> Subdirectories(string directory)
    {
        var names = new List<string>();
        try
        {
            names.AddRange(new DirectoryInfo(directory).EnumerateDirectories()
                .Where(static subdirectory => subdirectory.Name != RunFolder.StateFolder && subdirectory.LinkTarget is null)
                .Select(static subdirectory => subdirectory.Name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that went away or is not ours to read holds no run that we could do anything with.
        }

        return [.. names.OrderBy(static name => VersionNumber.Parse(name) ?? -1).ThenBy(static name => name, StringComparer.Ordinal)];
    }
}
