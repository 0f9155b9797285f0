using Microsoft.Win32.SafeHandles;

namespace PluginLoggers.Hosting.Journal;

/// <summary>A new journal file on disk.</summary>
internal sealed class JournalFile : IJournalStorage
{
    private readonly SafeFileHandle _handle;

    public JournalFile(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    public string Path { get; }

    public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> bytes) => RandomAccess.Write(_handle, bytes, offset);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
