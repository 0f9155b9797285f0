using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PluginLoggers.Storage;

/// <summary>The names in a directory, which a file system keeps apart from what the files hold.</summary>
/// <remarks>Source of the host and of a plug-in, as <see cref="DurableStep"/> is.</remarks>
internal static class DurableDirectory
{
    /// <summary>Makes names durable: of files that were created in it, renamed or deleted. Windows does so by itself.</summary>
    public static void Sync(string path)
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
