namespace PluginLoggers.TensorBoard;

/// <summary>How a run is written for TensorBoard. Every option may be left out.</summary>
public sealed class TensorBoardOptions
{
    /// <summary>
    /// Whether hyperparameters that come without metrics get the metric <c>hp_metric</c> with the value -1, as a column of the HPARAMS tab
    /// that a trainer can fill later by logging a metric of that name. The default is true.
    /// </summary>
    public bool DefaultHpMetric { get; set; } = true;

    /// <summary>
    /// Stands before the name of all that is logged, hyperparameters excepted, joined by a dash: <c>prefix-loss</c>. The default is none.
    /// </summary>
    public string? Prefix { get; set; }

    /// <summary>A folder inside the logger's own, for the event file: <c>sub</c> or <c>sub/folder</c>. The default is none.</summary>
    public string? SubDirectory { get; set; }

    /// <summary>Ends the name of the event file: letters, digits, dots, dashes and underscores, at most 64. The default is none.</summary>
    public string? FileNameSuffix { get; set; }

    /// <summary>The folder of the event file, below an output folder.</summary>
    internal string DirectoryIn(string outputDirectory) =>
        string.IsNullOrEmpty(SubDirectory)
            ? outputDirectory
            : Path.Combine(outputDirectory, SubDirectory.Replace('/', Path.DirectorySeparatorChar));

    /// <exception cref="LoggerOptionsException">An option makes no sense.</exception>
    internal void Validate()
    {
        if (!string.IsNullOrEmpty(SubDirectory) && !SubDirectory.Split('/').All(IsSegment))
        {
            throw new LoggerOptionsException(
                nameof(SubDirectory), $"'{SubDirectory}'", "a folder inside the logger's own, such as 'sub' or 'sub/folder'");
        }

        if (FileNameSuffix is { } suffix
            && (suffix.Length > 64 || !EventFileName.IsSafe(suffix) || suffix.EndsWith(".profile-empty", StringComparison.Ordinal)))
        {
            throw new LoggerOptionsException(
                nameof(FileNameSuffix),
                $"'{suffix}'",
                "at most 64 letters, digits, dots, dashes and underscores, not ending with '.profile-empty'");
        }
    }

    /// <summary>
    /// A segment is refused that any system would read as something else: a drive, a parent, a device, a name that ends with a dot or a
    /// space.
    /// </summary>
    private static bool IsSegment(string segment) =>
        segment.Length is > 0 and <= 255
        && segment[^1] is not ('.' or ' ')
        && !segment.Any(character => character < ' ' || "\\:*?\"<>|".Contains(character, StringComparison.Ordinal));
}
