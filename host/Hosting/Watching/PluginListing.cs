using System.Globalization;
using System.Text;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Watching;

/// <summary>What lies in the folders of plug-ins: of each plug-in the names, lengths and times of its files.</summary>
internal static class PluginListing
{
    /// <summary>Lists the folders, and the locks.</summary>
    /// <param name="settings">Where plug-ins are looked for.</param>
    /// <returns>By path; null for one that cannot be listed now.</returns>
    public static Dictionary<string, string?> Of(PluginSettings settings)
    {
        var listing = new Dictionary<string, string?>(StringComparer.Ordinal);
        var (main, folders) = (PluginLock.DefaultFile, PluginFolders.Resolve(settings.Folders));
        foreach (var folder in folders)
        {
            foreach (var plugin in Below(folder))
            {
                listing[plugin] = List(() => new DirectoryInfo(plugin).EnumerateFiles("*", SearchOption.AllDirectories));
            }
        }

        foreach (var pinning in folders.SelectMany(folder => PluginLocks.Files(main, folder)).Append(main))
        {
            listing[pinning] = List(() => new[] { new FileInfo(pinning) }.Where(file => file.Exists));
        }

        return listing;
    }

    private static string[] Below(string folder)
    {
        try
        {
            return [.. PluginFolders.Below(folder)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? List(Func<IEnumerable<FileInfo>> files)
    {
        var listing = new StringBuilder();
        try
        {
            foreach (var file in files().OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                listing.Append(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}\n");
            }

            return listing.ToString();
        }
        catch (Exception changing) when (changing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
