namespace PluginLoggers.Csv.Storage;

/// <summary>A file that is read until another one takes its place.</summary>
/// <remarks>
/// Whoever closes a file that has lost its name waits until its blocks are free, and so does a rename over one that nobody has open: 5 ms
/// for 23 MB. So it stays open until it has been replaced, and a thread of the pool closes it. Windows replaces no file that is open.
/// </remarks>
internal sealed class OldFile(FileStream file) : IDisposable
{
    /// <summary>Gives the content to a reader, once.</summary>
    public void Read(Action<FileStream> read)
    {
        read(file);
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static file => file.Dispose(), file, preferLocal: false);
    }
}
