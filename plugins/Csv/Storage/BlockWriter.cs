namespace PluginLoggers.Csv.Storage;

/// <summary>Writes to a file block by block. What has not been flushed is not in the file.</summary>
/// <param name="file">The file, which writes where it stands and has no buffer of its own.</param>
/// <param name="block">The block, of any length.</param>
internal sealed class BlockWriter(FileStream file, byte[] block)
{
    private const int AheadLength = 1024 * 1024;

    private byte[] _block = block;
    private int _length;
    private int _waiting;

    /// <summary>Room for so many bytes or more. What is written there counts after <see cref="Advance"/>.</summary>
    public Span<byte> Room(int length)
    {
        if (_block.Length - _length < length)
        {
            Flush();
            if (_block.Length < length)
            {
                _block = new byte[length];
            }
        }

        return _block.AsSpan(_length);
    }

    public void Advance(int length) => _length += length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Advance(bytes.Length);
    }

    public void Flush()
    {
        file.Write(_block, 0, _length);
        _waiting += _length;
        _length = 0;
        if (_waiting >= AheadLength)
        {
            WriteAhead.Start(file.SafeFileHandle, file.Position - _waiting, _waiting);
            _waiting = 0;
        }
    }
}
