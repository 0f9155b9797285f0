using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// Folders of one plug-in that hold the same: a build copies them beside the application, and both are searched. Which is used makes no
/// difference, so that the second is passed over.
/// </summary>
internal static class PluginCopy
{
    /// <summary>
    /// Whether two folders are one behind their links, or have the same files, byte by byte, down to the last: not the main DLL alone,
    /// because a dependency that a copy kept from an earlier release is a difference.
    /// </summary>
    /// <param name="folder">A folder, an absolute path.</param>
    /// <param name="other">Another.</param>
    /// <returns>False also for what cannot be read whole: it is judged as what it is, not as a copy.</returns>
    public static bool Is(string folder, string other)
    {
        try
        {
            return RealPath.Of(folder) == RealPath.Of(other) || FolderHashes.Of(folder).SequenceEqual(FolderHashes.Of(other));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
