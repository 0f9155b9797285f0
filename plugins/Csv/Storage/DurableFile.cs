using PluginLoggers.Storage;

namespace PluginLoggers.Csv.Storage;

/// <summary>Files that replace an earlier one whole or not at all, whenever the power goes.</summary>
internal static class DurableFile
{
    // One name for all attempts: what a crash leaves is overwritten by the next attempt and never piles up.
    private const string TemporarySuffix = ".tmp";

    /// <summary>
    /// Writes a file beside <paramref name="path"/>, syncs it, and gives it that name. On return it survives a loss of power.
    /// </summary>
    /// <param name="path">The file; its folder is created if it does not exist.</param>
    /// <param name="write">Writes the content. What it throws comes through, and the file is as it was.</param>
    public static void Replace(string path, Action<FileStream> write)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var temporary = path + TemporarySuffix;
        DurableStep.Before("create", temporary);
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            DurableStep.Before("write", temporary);
            write(file);
            DurableStep.Before("sync", temporary);
            file.Flush(flushToDisk: true);
        }

        DurableStep.Before("rename", path);
        File.Move(temporary, path, overwrite: true);
        DurableDirectory.Sync(directory);
    }

    /// <summary>Deletes a file, and what a crash may have left beside it. One that is not there is no error.</summary>
    public static void Delete(string path)
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            DeleteRemains(path);
            DurableStep.Before("delete", path);
            File.Delete(path);
        }
    }

    /// <summary>Deletes what a crash in the middle of <see cref="Replace"/> may have left.</summary>
    public static void DeleteRemains(string path)
    {
        DurableStep.Before("delete", path + TemporarySuffix);
        File.Delete(path + TemporarySuffix);
    }
}
