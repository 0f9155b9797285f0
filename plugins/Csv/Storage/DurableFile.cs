using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

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
        SyncDirectory(directory);
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

    /// <summary>Makes the names in a directory durable. Windows does so by itself.</summary>
    private static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        DurableStep.Before("sync", path);

        // Only `open` is missing from .NET here, which refuses to open a directory. A file system that cannot sync one is no reason to
        // fail.
        using var directory = new SafeFileHandle(Open(path, flags: 0), ownsHandle: true);
        if (!directory.IsInvalid)
        {
            RandomAccess.FlushToDisk(directory);
        }
    }

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
