namespace PluginLoggers;

/// <summary>
/// Reads runs that are there already, in the format of a backend. A plug-in that has one implements it on the class that bears
/// <see cref="LoggerPluginAttribute"/>.
/// </summary>
public interface IRunSource
{
    /// <summary>
    /// Finds the runs of this format at a place. It only looks; what a run holds is read by <see cref="SourceRun.ReadTo"/>.
    /// </summary>
    /// <param name="path">A file or a folder, an absolute path; a folder is searched with everything below it.</param>
    /// <returns>The runs, ordered by name; empty where there is nothing of this format.</returns>
    /// <exception cref="IOException">The place cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be read.</exception>
    IReadOnlyList<SourceRun> FindRuns(string path);
}
