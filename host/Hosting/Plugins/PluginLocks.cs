using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// The locks that count: one for everything that is found, and one beside a folder of plug-ins for what is in it, so that it is pinned
/// wherever it is used from. What one of them refuses is refused. Used by one thread at a time.
/// </summary>
/// <param name="main">The lock for everything, an absolute path.</param>
internal sealed class PluginLocks(string main)
{
    private readonly Dictionary<string, IReadOnlyList<PluginLock>> _known = new(StringComparer.Ordinal);

    /// <summary>Where the locks of a folder of plug-ins are looked for, each once, however many ways lead to it.</summary>
    /// <param name="main">The lock for everything, an absolute path.</param>
    /// <param name="folder">The folder of plug-ins, an absolute path. Where it is a link, the folder that it leads to counts as well.</param>
    public static IEnumerable<string> Files(string main, string folder) =>
        new[] { main, Beside(folder), Beside(Real(folder)) }.OfType<string>().DistinctBy(Real);

    /// <summary>The locks that pin a plug-in; each is read once.</summary>
    /// <param name="plugin">Its folder, an absolute path.</param>
    public IReadOnlyList<PluginLock> Of(string plugin)
    {
        var folder = Path.GetDirectoryName(plugin) ?? plugin;
        if (!_known.TryGetValue(folder, out var locks))
        {
            _known[folder] = locks = [.. Files(main, folder).Select(PluginLock.ReadIfThere).OfType<PluginLock>()];
        }

        return locks;
    }

    private static string? Beside(string folder) =>
        Path.GetDirectoryName(folder) is { } parent ? Path.Combine(parent, PluginLock.FileName) : null;

    private static string Real(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Links that go round in a circle; whoever reads it says so.
            return path;
        }
    }
}
