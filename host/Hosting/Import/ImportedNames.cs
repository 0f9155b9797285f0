using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Import;

/// <summary>
/// Names imported runs after their folders, and after a file that has a name of its own: always the same, so that an import that is
/// repeated finds them. All runs of an import are versions of one name, because what compares runs compares those of one experiment.
/// </summary>
internal static class ImportedNames
{
    private const string Separator = "-";
    private const string Metrics = "metrics";
    private const string EventFile = ".tfevents.";

    /// <summary>Names a run.</summary>
    /// <param name="place">Where it was looked for, a file or a folder, an absolute path.</param>
    /// <param name="relative">The run's folder from there, with <c>/</c>; empty for the place itself.</param>
    /// <param name="configured">The name that the user wants; null for that of the place.</param>
    public static (string Name, string Version) Of(string place, string relative, string? configured)
    {
        var isFile = File.Exists(place);
        var folder = isFile ? Path.GetDirectoryName(place)! : Path.TrimEndingDirectorySeparator(place);
        List<string> segments = [Path.GetFileName(folder), .. relative.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        var stem = Path.GetFileNameWithoutExtension(place);
        if (isFile && stem != Metrics && !stem.Contains(EventFile, StringComparison.Ordinal))
        {
            segments.Add(stem);
        }

        if (configured is not null)
        {
            return (configured, Version(segments));
        }

        return segments.Count > 1 ? (PathSegment.Legal(segments[0]), Version(segments[1..]))
            : VersionNumber.Parse(segments[0]) is not null && Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } parent
                ? (PathSegment.Legal(parent), segments[0])
            : (PathSegment.Legal(segments[0]), VersionNumber.Format(0));
    }

    private static string Version(IEnumerable<string> segments) =>
        PathSegment.Legal(string.Join(Separator, segments.Select(PathSegment.Legal)));
}
