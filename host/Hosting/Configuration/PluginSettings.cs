using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Plugins</c>: where plug-ins are looked for.</summary>
public sealed record PluginSettings
{
    /// <summary>
    /// The folders to look in, in this order; a relative one beside the application, then in the working directory. The default is
    /// <c>plugins</c>.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = ["plugins"];

    /// <summary>Whether what is dropped in, or enabled, while a run is going on joins it. The default is false.</summary>
    public bool Watch { get; init; }

    /// <summary>Looks for the plug-ins, under the locks that count (see <see cref="PluginLock"/>).</summary>
    public PluginCatalog Discover() => PluginCatalog.Discover(Folders, PluginLock.DefaultFile);
}
