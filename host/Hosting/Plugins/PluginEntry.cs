namespace PluginLoggers.Hosting.Plugins;

/// <summary>A plug-in that was found: one that can be used, or one with a <see cref="Defect"/>. Safe for any number of threads.</summary>
public sealed class PluginEntry
{
    private readonly Lock _loading = new();
    private volatile ILoggerPlugin? _plugin;
    private volatile PluginDefect? _defect;

    internal PluginEntry(string name) => Name = name;

    /// <summary>What stands in the configuration as <c>Type</c>; null if the plug-in is unusable before that is known.</summary>
    public string? Alias { get; internal init; }

    /// <summary>The name of its folder and its main DLL, or of its assembly for one without a folder.</summary>
    public string Name { get; }

    /// <summary>
    /// The main DLL, an absolute path; the folder where that is missing; null for a plug-in that is linked into the application.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>The version of the plug-in's assembly, or null where it is not known.</summary>
    public Version? Version { get; internal init; }

    /// <summary>The version of the contract that it was built against, or null where it is not known.</summary>
    public Version? ContractVersion { get; internal init; }

    /// <summary>Why it cannot be used, or null. Some defects show only when it is loaded.</summary>
    public PluginDefect? Defect
    {
        get => _defect;
        internal init => _defect = value;
    }

    /// <summary>Whether its code has been loaded and its plug-in object created.</summary>
    public bool IsLoaded => _plugin is not null;

    /// <summary>The locks that pin it (see <see cref="PluginLock"/>), absolute paths. It must agree with each; empty if none does.</summary>
    public IReadOnlyList<string> PinnedBy => [.. Pins.Select(pin => pin.File!)];

    /// <summary>The folder that it stands in, or null for one that is linked into the application.</summary>
    internal string? Folder { get; init; }

    /// <summary>The full name of the type to create.</summary>
    internal string? TypeName { get; init; }

    /// <summary>The locks of <see cref="PinnedBy"/>.</summary>
    internal IReadOnlyList<PluginLock> Pins { get; init; } = [];

    /// <summary>How the files that are there now differ from what is pinned, or null.</summary>
    internal PluginDefect? Differs() => Pins.Select(pin => pin.Verify(Name, Folder!)).FirstOrDefault(defect => defect is not null);

    /// <summary>A copy with what shows only beside others: a defect, or null, and what pins it.</summary>
    internal PluginEntry With(PluginDefect? defect, IReadOnlyList<PluginLock> pins) => new(Name)
    {
        Alias = Alias,
        Path = Path,
        Version = Version,
        ContractVersion = ContractVersion,
        Folder = Folder,
        TypeName = TypeName,
        Defect = defect,
        Pins = pins,
    };

    /// <summary>An entry whose plug-in is there already.</summary>
    internal static PluginEntry Linked(ILoggerPlugin plugin, string alias)
    {
        var assembly = plugin.GetType().Assembly.GetName();
        return new PluginEntry(assembly.Name ?? alias)
        {
            Alias = alias,
            Version = assembly.Version,
            ContractVersion = ContractAssembly.Version,
            TypeName = plugin.GetType().FullName,
            _plugin = plugin,
        };
    }

    /// <summary>
    /// The plug-in object, created at the first call. What failed once fails again with the same defect, without another try.
    /// </summary>
    internal ILoggerPlugin Load()
    {
        lock (_loading)
        {
            if (_plugin is not null)
            {
                return _plugin;
            }

            // Hashed again, because what is loaded is what must be pinned, not what was there when the folder was listed.
            _defect ??= Differs();
            if (_defect is not null)
            {
                throw new PluginUnusableException(_defect);
            }

            try
            {
                return _plugin = PluginAssemblyLoader.Create(Path!, TypeName!);
            }
            catch (PluginUnusableException exception)
            {
                _defect = exception.Defect;
                throw;
            }
        }
    }
}
