using Microsoft.Win32.SafeHandles;
using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Journal;

/// <summary>A new journal file on disk.</summary>
internal sealed class JournalFile : IJournalStorage
{
    private readonly SafeFileHandle _handle;
    private long _synced;
    private bool _isDoubtful;
    private bool _isNameDurable;

    public JournalFile(string path)
    {
        Path = path;
        DurableStep.Before("create", path);
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
    }

    public string Path { get; }

    public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> bytes)
    {
        DurableStep.Before("write", Path);
        RandomAccess.Write(_handle, bytes, offset);
    }

    public void Sync()
    {
        if (_isDoubtful)
        {
            WriteAgain();
        }

        var length = RandomAccess.GetLength(_handle);
        _isDoubtful = true;
        DurableStep.Before("sync", Path);
        RandomAccess.FlushToDisk(_handle);
        (_isDoubtful, _synced) = (false, length);
        if (!_isNameDurable)
        {
            DurableDirectory.Sync(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            _isNameDurable = true;
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>
    /// A sync that failed leaves pages behind that the system takes for clean, so that the next one would succeed without having written
    /// them: they are made dirty again.
    /// </summary>
    private void WriteAgain()
    {
        var bytes = new byte[256 * 1024];
        int read;
        for (var offset = _synced; (read = RandomAccess.Read(_handle, bytes, offset)) > 0; offset += read)
        {
            RandomAccess.Write(_handle, bytes.AsSpan(0, read), offset);
        }
    }
}
