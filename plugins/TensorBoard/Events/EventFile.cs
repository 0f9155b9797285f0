using Microsoft.Win32.SafeHandles;
using PluginLoggers.Storage;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// One event file on the disk. It is only appended to, whole records at a time, so that a reader may follow it. Not thread-safe.
/// </summary>
/// <remarks>Nothing is touched before the first <see cref="Begin"/>. The file stays open, and is shared with readers.</remarks>
internal sealed class EventFile : IDisposable
{
    private readonly string _directory;
    private readonly EventFileName _name;
    private readonly bool _continues;
    private SafeFileHandle? _handle;
    private long _end;

    /// <summary>Begins a new file; what an earlier attempt at the same run has left is replaced.</summary>
    public EventFile(string directory, EventFileName name)
    {
        _directory = directory;
        _name = name;
        FileName = name.ToString();
    }

    /// <summary>Goes on in a file, at a length; what stands behind it is cut off.</summary>
    public EventFile(string directory, EventFileName name, EventFilePosition position)
        : this(directory, name)
    {
        _continues = true;
        FileName = position.FileName;
        Length = position.Length;
    }

    public string FileName { get; }

    public string Path => System.IO.Path.Combine(_directory, FileName);

    /// <summary>The length up to which the file is ours and durable, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Begins to append behind <see cref="Length"/>; what an attempt before may have left there is written over.</summary>
    /// <exception cref="InvalidDataException">The file is gone, or shorter than it was.</exception>
    public void Begin()
    {
        if (_handle is null)
        {
            Open();
        }
        else
        {
            CheckLength(_handle);
        }

        _end = Length;
    }

    /// <summary>Writes whole records at the end, in one write.</summary>
    public void Write(ReadOnlySpan<byte> records)
    {
        DurableStep.Before("write", Path);
        RandomAccess.Write(_handle!, records, _end);
        _end += records.Length;
    }

    /// <summary>Returns when everything is durable. After an exception, begin again.</summary>
    public void Commit()
    {
        if (_end > Length)
        {
            DurableStep.Before("sync", Path);
            RandomAccess.FlushToDisk(_handle!);
            if (Length == 0)
            {
                // A new file is durable when its name is.
                DurableDirectory.Sync(_directory);
            }

            Length = _end;
        }
    }

    public void Dispose() => _handle?.Dispose();

    private void Open()
    {
        if (_continues)
        {
            _handle = OpenExisting();
            return;
        }

        Directory.CreateDirectory(_directory);
        DeleteOtherAttempts();
        DurableStep.Before("create", Path);
        _handle = File.OpenHandle(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    private SafeFileHandle OpenExisting()
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            CheckLength(handle);
            DurableStep.Before("cut", Path);
            RandomAccess.SetLength(handle, Length);
            return handle;
        }
        catch (Exception exception)
        {
            handle?.Dispose();
            if (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                throw Gone();
            }

            throw;
        }
    }

    private void CheckLength(SafeFileHandle handle)
    {
        // A file that was deleted while it is open still takes what nobody will ever read.
        if (!File.Exists(Path))
        {
            throw Gone();
        }

        var found = RandomAccess.GetLength(handle);
        if (found < Length)
        {
            throw new InvalidDataException($"The event file {Path} has {found} bytes; it had {Length} when it was last saved.");
        }
    }

    private InvalidDataException Gone() => new($"The event file {Path} is gone; it had {Length} bytes when it was last saved.");

    /// <summary>An attempt at the same run from another host has another name, and would show every point twice.</summary>
    private void DeleteOtherAttempts()
    {
        foreach (var path in Directory.EnumerateFiles(_directory, _name.Prefix + "*"))
        {
            var fileName = System.IO.Path.GetFileName(path);
            if (fileName != FileName && _name.IsSameRun(fileName))
            {
                DurableStep.Before("delete", path);
                File.Delete(path);
            }
        }
    }
}
