using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Storage;

/// <summary>Small files that are there whole or not at all, whenever the power goes.</summary>
/// <remarks>One writer at a time for a path; readers come and go as they like.</remarks>
internal static class DurableFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>
    /// Puts <paramref name="content"/> in the place of whatever <paramref name="path"/> holds. On return it survives a loss of power.
    /// </summary>
    /// <exception cref="IOException">The old content is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // One name for all attempts: what a crash leaves is overwritten by the next attempt and never piles up.
        var temporary = path + TemporarySuffix;
        DurableStep.Before("create", temporary);
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            DurableStep.Before("write", temporary);
            RandomAccess.Write(file, content, 0);
            DurableStep.Before("sync", temporary);
            RandomAccess.FlushToDisk(file);
        }

        DurableStep.Before("rename", path);
        File.Move(temporary, path, overwrite: true);
        DurableDirectory.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The content of <paramref name="path"/>; a writer may replace it meanwhile, on Windows too.</summary>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
