using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PluginLoggers.Hosting.Storage;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// Pins plug-ins: the SHA-256 of every file in the folder of every plug-in. Where such a file counts, a plug-in that differs from it is
/// refused (<c>PL009</c>), and so is one that it does not name. Two count: <see cref="DefaultFile"/> for everything that is found, and
/// one beside a folder of plug-ins for what is in it, wherever the program is started. Immutable.
/// </summary>
public sealed class PluginLock
{
    /// <summary>The name of the file. It is looked for where <c>appsettings.json</c> is, and beside the folders of plug-ins.</summary>
    public const string FileName = "plugins.lock.json";

    // https://learn.microsoft.com/dotnet/api/system.io.filesysteminfo.attributes
    private const int IsNotThere = -1;

    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _plugins;
    private readonly string? _unreadable;

    private PluginLock(
        SortedDictionary<string, SortedDictionary<string, string>> plugins, string? file = null, string? unreadable = null) =>
        (_plugins, File, _unreadable) = (plugins, file, unreadable);

    /// <summary>The names of the plug-ins that are pinned, sorted.</summary>
    public IReadOnlyCollection<string> Plugins => _plugins.Keys;

    /// <summary>
    /// The file that counts for everything: in the working directory, or else beside the application; where there is none, the first of
    /// the two. There <c>pluginloggers plugins lock</c> writes.
    /// </summary>
    public static string DefaultFile
    {
        get
        {
            var beside = Path.Combine(AppContext.BaseDirectory, FileName);
            var working = Path.GetFullPath(FileName);
            return !System.IO.File.Exists(working) && System.IO.File.Exists(beside) ? beside : working;
        }
    }

    /// <summary>Where it was read from, an absolute path; null for one that was not.</summary>
    internal string? File { get; }

    /// <summary>Pins what is there now, the unusable plug-ins included.</summary>
    /// <param name="catalog">The plug-ins.</param>
    /// <exception cref="PluginLockException">
    /// A file cannot be read, or two folders of one name differ, so that a name says too little.
    /// </exception>
    public static PluginLock Of(PluginCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var plugins = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        var folders = catalog.Entries.Where(entry => entry.Folder is not null).Select(entry => (entry.Name, entry.Folder!)).Distinct();
        foreach (var (name, folder) in folders)
        {
            var hashes = Hash(folder);
            if (plugins.TryGetValue(name, out var other) && !other.SequenceEqual(hashes))
            {
                throw new PluginLockException(
                    $"Two folders named {name} differ, one of them {folder}; remove one of the two, then lock again.");
            }

            plugins[name] = hashes;
        }

        return new PluginLock(plugins);
    }

    /// <summary>
    /// Writes the file: sorted, one line a file, the same bytes for the same plug-ins. It replaces an earlier one at once.
    /// </summary>
    /// <param name="file">Where to.</param>
    /// <exception cref="PluginLockException">The file cannot be written.</exception>
    public void Write(string file)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content, Readable))
        {
            PluginLockFormat.Write(writer, _plugins);
        }

        content.Write("\n"u8);
        try
        {
            DurableFile.Replace(Path.GetFullPath(file), content.WrittenSpan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginLockException(
                $"{file} cannot be written: {Text.OneLine(exception.Message)} Lock from a folder in which this user can write.", exception);
        }
    }

    /// <summary>
    /// Reads a lock. One that is there and cannot be read pins everything to nothing, so that nothing is loaded by accident.
    /// </summary>
    /// <param name="file">The file, an absolute path.</param>
    internal static PluginLock? ReadIfThere(string file)
    {
        var nothing = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        try
        {
            // Asked first, because the first exception of a process takes 5 ms. A link that leads nowhere is there, and no permission to
            // load anything.
            if ((int)new FileInfo(file).Attributes == IsNotThere)
            {
                return null;
            }

            using var stream = System.IO.File.OpenRead(file);
            return new PluginLock(PluginLockFormat.Read(stream), file);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return new PluginLock(nothing, file, Text.OneLine(exception.Message));
        }
    }

    /// <summary>Compares a plug-in's folder with what is pinned.</summary>
    /// <param name="name">The plug-in's name.</param>
    /// <param name="folder">Its folder, an absolute path.</param>
    /// <returns>The first difference, or null.</returns>
    internal PluginDefect? Verify(string name, string folder)
    {
        if (_unreadable is not null)
        {
            return PluginDefects.DiffersFromLock(File!, File!, $"the lock cannot be read ({_unreadable})");
        }

        if (!_plugins.TryGetValue(name, out var pinned))
        {
            return PluginDefects.DiffersFromLock(File!, folder, $"{name} is not in {File}");
        }

        try
        {
            return Compare(pinned, Hash(folder)) is var (file, difference)
                ? PluginDefects.DiffersFromLock(File!, Path.Combine(folder, file), $"{difference} {File}")
                : null;
        }
        catch (PluginLockException exception)
        {
            return PluginDefects.DiffersFromLock(File!, folder, exception.Message);
        }
    }

    private static (string File, string Difference)? Compare(
        SortedDictionary<string, string> pinned, SortedDictionary<string, string> present)
    {
        foreach (var (file, hash) in pinned)
        {
            if (!present.TryGetValue(file, out var found))
            {
                return (file, "is missing, and is in");
            }

            if (!found.Equals(hash, StringComparison.OrdinalIgnoreCase))
            {
                return (file, $"has the SHA-256 {found[..12]}..., which differs from the one in");
            }
        }

        foreach (var file in present.Keys)
        {
            if (!pinned.ContainsKey(file))
            {
                return (file, "is not in");
            }
        }

        return null;
    }

    private static SortedDictionary<string, string> Hash(string folder)
    {
        try
        {
            return FolderHashes.Of(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginLockException($"{folder} cannot be read whole: {Text.OneLine(exception.Message)}", exception);
        }
    }
}
