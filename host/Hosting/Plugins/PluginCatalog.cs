using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// The plug-ins that there are, found in folders or linked into the application. Finding reads metadata; code runs only in <see
/// cref="Load"/>. Safe for any number of threads.
/// </summary>
public sealed class PluginCatalog
{
    private readonly Lock _changing = new();
    private readonly PluginLocks? _locks;
    private volatile PluginEntry[] _entries = [];

    /// <summary>Creates a catalog without folders, for an application that links its plug-ins (see <see cref="Add"/>).</summary>
    public PluginCatalog()
    {
    }

    private PluginCatalog(PluginLocks? locks) => _locks = locks;

    /// <summary>The folders that were looked into, absolute paths, in their order.</summary>
    public IReadOnlyList<string> Folders { get; private init; } = [];

    /// <summary>Everything that was found, the unusable included, in the order in which it was found.</summary>
    public IReadOnlyList<PluginEntry> Entries => _entries;

    /// <summary>What <c>Type</c> can be: the aliases of the plug-ins that can be used, sorted.</summary>
    public IReadOnlyList<string> Aliases =>
        [.. _entries.Where(entry => entry is { Defect: null, Alias: not null }).Select(entry => entry.Alias!)
            .Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// Looks for plug-ins: folders <c>Name</c> with a <c>Name.dll</c> in the folders given. It never throws because of what it finds.
    /// </summary>
    /// <param name="folders">
    /// The folders to look in, in this order; a relative one beside the application, then in the working directory. One that does not
    /// exist holds nothing. Of copies of a plug-in, folders of one name with the same files, the first counts, and the others are passed
    /// over.
    /// </param>
    /// <param name="lockFile">
    /// The file that pins the plug-ins (see <see cref="PluginLock"/>); what differs from it is refused. One that does not exist pins
    /// nothing. A <c>plugins.lock.json</c> beside one of the folders pins what is in that one as well. Null: nothing is pinned.
    /// </param>
    [RequiresUnreferencedCode("Plug-ins are loaded from files. A trimmed application links its plug-ins and adds them itself.")]
    [RequiresDynamicCode("Plug-ins are loaded from files. A natively compiled application links its plug-ins and adds them itself.")]
    public static PluginCatalog Discover(IEnumerable<string> folders, string? lockFile = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var catalog = new PluginCatalog(lockFile is null ? null : new PluginLocks(Path.GetFullPath(lockFile)))
        {
            Folders = PluginFolders.Resolve(folders),
        };
        foreach (var folder in catalog.Folders)
        {
            catalog.AddAll(PluginDiscovery.In(folder, path => !catalog.HasCopyOf(path)));
        }

        return catalog;
    }

    /// <summary>Looks for plug-ins again. What is loaded, or linked, stays as it is; everything else is judged anew.</summary>
    /// <param name="settings">Where to look.</param>
    /// <param name="isWhole">Whether a plug-in's folder may be looked into: one that is being copied may not.</param>
    internal PluginCatalog Renewed(PluginSettings settings, Func<string, bool> isWhole)
    {
        PluginEntry[] kept = [.. _entries.Where(entry => entry.IsLoaded)];
        var catalog = new PluginCatalog(new PluginLocks(PluginLock.DefaultFile))
        {
            Folders = PluginFolders.Resolve(settings.Folders),
            _entries = kept,
        };
        foreach (var folder in catalog.Folders)
        {
            catalog.AddAll(PluginDiscovery.In(
                folder, path => isWhole(path) && !Array.Exists(kept, entry => entry.Folder == path) && !catalog.HasCopyOf(path)));
        }

        return catalog;
    }

    /// <summary>
    /// Adds a plug-in that is linked into the application: what works where no code can be loaded, as with native compilation.
    /// </summary>
    /// <param name="plugin">The plug-in; its class carries a <see cref="LoggerPluginAttribute"/>.</param>
    /// <exception cref="ArgumentException">Its class carries none, or another plug-in has that alias.</exception>
    public void Add(ILoggerPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var type = plugin.GetType();
        var alias = type.GetCustomAttribute<LoggerPluginAttribute>(inherit: false)?.Alias;
        if (string.IsNullOrWhiteSpace(alias))
        {
            throw new ArgumentException($"{type} carries no [LoggerPlugin] with an alias; mark the class with one.", nameof(plugin));
        }

        lock (_changing)
        {
            if (FindUsable(alias) is { } other)
            {
                throw new ArgumentException(
                    $"The alias {alias} of {type} is already provided by {other.Path ?? other.TypeName}; remove one of them.",
                    nameof(plugin));
            }

            _entries = [.. _entries, PluginEntry.Linked(plugin, alias)];
        }
    }

    /// <summary>The plug-in with an alias, in any case, or null. Of several, the first that can be used, or else the first.</summary>
    /// <param name="alias">The alias.</param>
    public PluginEntry? Find(string alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        return FindUsable(alias) ?? Array.Find(_entries, entry => alias.Equals(entry.Alias, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The plug-in object with an alias; its code is loaded at the first call.</summary>
    /// <param name="alias">The alias, in any case.</param>
    /// <exception cref="ArgumentException">There is none with that alias.</exception>
    /// <exception cref="PluginUnusableException">
    /// It cannot be used; also when several have that alias, because which one is meant cannot be known.
    /// </exception>
    public ILoggerPlugin Load(string alias)
    {
        var entry = Find(alias)
            ?? throw new ArgumentException($"No plug-in has the alias {alias}; there are: {string.Join(", ", Aliases)}.", nameof(alias));
        if (Array.Find(_entries, other => IsRival(other, alias)) is { Defect: { } taken })
        {
            throw new PluginUnusableException(taken);
        }

        return entry.Load();
    }

    private PluginEntry? FindUsable(string alias) =>
        Array.Find(_entries, entry => entry.Defect is null && alias.Equals(entry.Alias, StringComparison.OrdinalIgnoreCase));

    private static bool IsRival(PluginEntry entry, string alias) =>
        entry.Defect?.Code == PluginDefects.AliasTaken && alias.Equals(entry.Alias, StringComparison.OrdinalIgnoreCase);

    private bool HasCopyOf(string folder) => _entries
        .Where(entry => entry.Name == Path.GetFileName(folder))
        .Select(entry => entry.Folder)
        .OfType<string>()
        .Distinct()
        .Any(other => PluginCopy.Is(other, folder));

    private void AddAll(IEnumerable<PluginEntry> found)
    {
        lock (_changing)
        {
            foreach (var entry in found)
            {
                _entries = [.. _entries, Judge(entry)];
            }
        }
    }

    private PluginEntry Judge(PluginEntry entry)
    {
        if (_locks is not null && entry.Folder is { } folder)
        {
            entry = entry.With(entry.Defect, _locks.Of(folder));
            if (entry.Differs() is { } differs)
            {
                return entry.With(differs, entry.Pins);
            }
        }

        return entry is { Defect: null, Alias: { } alias } && FindUsable(alias) is { } other
            ? entry.With(PluginDefects.TakenAlias(entry.Path!, alias, other.Path ?? other.TypeName!), entry.Pins)
            : entry;
    }
}
