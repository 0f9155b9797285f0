namespace PluginLoggers.Hosting.Plugins;

/// <summary>Asks about files that strangers put there, before they are opened.</summary>
internal static class RegularFile
{
    /// <summary>Says whether a file is there, or what it links to, at the end of all links.</summary>
    /// <param name="file">The file.</param>
    public static bool Exists(string file) =>
        File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target ? target.Exists : File.Exists(file);

    /// <summary>
    /// The length of a file, or of what it links to. That of a named pipe is 0, and opening one would wait for its other end.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <exception cref="FileNotFoundException">It is not there, or the link leads nowhere.</exception>
    public static long LengthOf(string file)
    {
        var info = new FileInfo(file);
        return info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
            ? target.Length
            : info.Length;
    }
}
