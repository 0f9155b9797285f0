namespace PluginLoggers.Hosting.Runs;

/// <summary>Paths without symbolic links in them.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>Follows every link on the way to <paramref name="path"/>; what does not exist yet is kept as it is.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether a path that <see cref="Of"/> gave is <paramref name="directory"/>, which it gave too, or below it.</summary>
    public static bool IsWithin(string path, string directory)
    {
        var relative = Path.GetRelativePath(directory, path);
        return relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private static string Resolve(string path, ref int links)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var segment in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, segment);
            if (new FileInfo(real).LinkTarget is not { } target)
            {
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"Too many symbolic links on the way to {path}.");
            }

            real = Resolve(Path.GetFullPath(target, Path.GetDirectoryName(real)!), ref links);
        }

        return real;
    }
}
