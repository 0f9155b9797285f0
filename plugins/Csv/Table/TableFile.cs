using PluginLoggers.Csv.Storage;
using PluginLoggers.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>What files of both layouts have in common: how they are opened, and cut back to what was saved.</summary>
internal static class TableFile
{
    /// <summary>Opens a file that has a length; somebody may read it meanwhile, or rename another over it.</summary>
    /// <exception cref="IOException">Another program changed it.</exception>
    public static FileStream Open(string path, FileAccess access, long length)
    {
        var file = new FileStream(path, FileMode.Open, access, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (file.Length == length)
        {
            return file;
        }

        var found = file.Length;
        file.Dispose();
        throw new IOException(
            $"'{path}' was changed by another program: it has {found} bytes, {length} were written. It is cut back to what was saved.");
    }

    /// <summary>Cuts a file back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">How many rows are to be left; at least one.</param>
    /// <param name="measure">Reads from the beginning how long the file is with so many rows.</param>
    /// <returns>The length.</returns>
    /// <exception cref="InvalidDataException">The file is gone, or <paramref name="measure"/> says that it is no table of ours.</exception>
    public static long CutBack(string path, long rows, Func<FileStream, long> measure)
    {
        try
        {
            DurableFile.DeleteRemains(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
            var length = measure(file);
            if (length < file.Length)
            {
                DurableStep.Before("cut", path);
                file.SetLength(length);
                DurableStep.Before("sync", path);
                file.Flush(flushToDisk: true);
            }

            return length;
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            var reason = exception is InvalidDataException ? exception.Message : "it is gone";
            throw new InvalidDataException($"'{path}' cannot be continued after {rows} rows, and begins anew: {reason}.", exception);
        }
    }
}
