using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PluginLoggers.Hosting.Journal;

/// <summary>Reads the blocks of one journal file. Damage is skipped to the next whole block; memory is bounded by the largest.</summary>
internal sealed class BlockReader : IDisposable
{
    private const int ScanLength = 64 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private byte[]? _window;
    private byte[]? _marker;
    private byte[] _payload = [];
    private int _length;

    public BlockReader(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The payload of the block that was read last; valid until the next read.</summary>
    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _length);

    /// <summary>Where that block begins.</summary>
    public long Offset { get; private set; }

    /// <summary>How many bytes were passed over because they are damaged. A torn tail is no damage.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>How many bytes were read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The length of the file at present.</summary>
    public long FileLength => RandomAccess.GetLength(_handle);

    /// <summary>Reads the first whole block at or after an offset.</summary>
    /// <param name="offset">Where to look.</param>
    /// <param name="limit">Where to stop looking; what lies behind is not there yet.</param>
    /// <param name="next">The offset behind the block.</param>
    public bool TryRead(long offset, long limit, out long next)
    {
        next = offset;
        if (!ReadMarker())
        {
            return false;
        }

        offset = Math.Max(offset, JournalFormat.HeaderLength);
        for (var at = offset; at >= 0; at = FindMarker(at + 1, limit))
        {
            if (TryReadAt(at, limit))
            {
                DamagedBytes += at - offset;
                next = at + JournalFormat.BlockHeaderLength + _length;
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _handle.Dispose();

    private bool ReadMarker()
    {
        if (_marker is null)
        {
            Span<byte> header = stackalloc byte[JournalFormat.HeaderLength];
            if (ReadFully(header, 0) < header.Length)
            {
                return false;
            }

            var isWhole = JournalFormat.IsWhole(header, _path);
            if (isWhole || !ReadMarkerOfFirstBlock())
            {
                _marker = header.Slice(JournalFormat.MarkerOffset, JournalFormat.MarkerLength).ToArray();
            }
        }

        return true;
    }

    /// <summary>Reads the marker where the first block has it, because the header is damaged; false if that block is no better.</summary>
    private bool ReadMarkerOfFirstBlock()
    {
        _marker = new byte[JournalFormat.MarkerLength];
        return ReadFully(_marker, JournalFormat.HeaderLength) == _marker.Length && TryReadAt(JournalFormat.HeaderLength, FileLength);
    }

    private bool TryReadAt(long offset, long limit)
    {
        Span<byte> header = stackalloc byte[JournalFormat.BlockHeaderLength];
        if (limit - offset < header.Length || ReadFully(header, offset) < header.Length || !header.StartsWith(_marker))
        {
            return false;
        }

        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[JournalFormat.MarkerLength..]);
        if (length > JournalFormat.MaxPayload || offset + header.Length + length > limit)
        {
            return false;
        }

        if (_payload.Length < length)
        {
            _payload = new byte[Math.Max(length, 64 * 1024)];
        }

        _length = ReadFully(_payload.AsSpan(0, (int)length), offset + header.Length);
        Offset = offset;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header[(JournalFormat.MarkerLength + 4)..]);
        return _length == length && JournalFormat.BlockCrc(Payload, offset) == crc;
    }

    /// <summary>The offset of the next marker, or -1.</summary>
    private long FindMarker(long offset, long limit)
    {
        Span<byte> window = _window ??= new byte[ScanLength];
        while (offset + JournalFormat.BlockHeaderLength <= limit)
        {
            var read = ReadFully(window[..(int)Math.Min(ScanLength, limit - offset)], offset);
            var found = window[..read].IndexOf(_marker);
            if (found >= 0)
            {
                return offset + found;
            }

            if (read < JournalFormat.MarkerLength)
            {
                break;
            }

            offset += read - JournalFormat.MarkerLength + 1;
        }

        return -1;
    }

    private int ReadFully(Span<byte> bytes, long offset)
    {
        var total = 0;
        while (total < bytes.Length)
        {
            var read = RandomAccess.Read(_handle, bytes[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        BytesRead += total;
        return total;
    }
}
