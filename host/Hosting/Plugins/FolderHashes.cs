using System.Security.Cryptography;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>The SHA-256 of every file in a folder and below it.</summary>
internal static class FolderHashes
{
    private const int DeepestFolder = 16;

    private const int MostFiles = 20_000;

    /// <summary>Relative paths with <c>/</c>, and hashes in lower-case hexadecimal.</summary>
    /// <param name="folder">The folder, an absolute path.</param>
    /// <exception cref="IOException">A file cannot be read, or links lead around in a circle.</exception>
    public static SortedDictionary<string, string> Of(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(hashes, folder, "", 0);
        return hashes;
    }

    private static void Add(SortedDictionary<string, string> hashes, string folder, string prefix, int depth)
    {
        if (depth > DeepestFolder || hashes.Count > MostFiles)
        {
            throw new IOException(
                $"it has folders more than {DeepestFolder} deep, or more than {MostFiles} files; perhaps a link leads back to it");
        }

        foreach (var file in Directory.EnumerateFiles(folder))
        {
            hashes.Add(prefix + Path.GetFileName(file), Hash(file));
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            Add(hashes, below, $"{prefix}{Path.GetFileName(below)}/", depth + 1);
        }
    }

    private static string Hash(string file)
    {
        if (RegularFile.LengthOf(file) == 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData([]));
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
