using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Reads the records of a file, as far as they are whole, and goes on where it stood when the file has grown. Memory is bounded by the
/// size of the file, whatever length a record claims. Not thread-safe.
/// </summary>
internal sealed class RecordReader(SafeFileHandle file) : IDisposable
{
    private const int HeaderLength = sizeof(ulong) + sizeof(uint);
    private const int FooterLength = sizeof(uint);

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Where the next record begins, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Why <see cref="TryRead"/> returned false last.</summary>
    public RecordEnd End { get; private set; }

    /// <summary>What is wrong, if <see cref="End"/> is <see cref="RecordEnd.Damage"/>.</summary>
    public string? Reason { get; private set; }

    /// <summary>The next payload; valid until the next call.</summary>
    /// <returns>False if there is none now. After damage, false for good.</returns>
    public bool TryRead(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (Reason is not null)
        {
            return false;
        }

        if (!Fill(HeaderLength))
        {
            return false;
        }

        var header = _buffer.AsSpan(_start, HeaderLength);
        var claimed = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (MaskedCrc32C.Compute(header[..sizeof(ulong)]) != BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]))
        {
            return Damage("the checksum of its length is wrong");
        }

        if (claimed > (ulong)(Array.MaxLength - HeaderLength - FooterLength))
        {
            return Damage($"it claims {claimed} bytes");
        }

        var length = (int)claimed;
        if (!Fill(HeaderLength + length + FooterLength))
        {
            return false;
        }

        payload = _buffer.AsSpan(_start + HeaderLength, length);
        if (MaskedCrc32C.Compute(payload) != BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start + HeaderLength + length)))
        {
            payload = default;
            return Damage("the checksum of its bytes is wrong");
        }

        _start += HeaderLength + length + FooterLength;
        Offset += HeaderLength + length + FooterLength;
        return true;
    }

    public void Dispose() => file.Dispose();

    /// <summary>Has so many bytes from the next record on in memory; makes room only for what the file really holds.</summary>
    private bool Fill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        var available = RandomAccess.GetLength(file) - Offset;
        return available < 0 ? Stop(RecordEnd.Cut)
            : available < count ? Stop(available == 0 ? RecordEnd.EndOfFile : RecordEnd.TornTail)
            : FillTo(count);
    }

    private bool FillTo(int count)
    {
        var kept = _buffer.AsSpan(_start, _end - _start);
        var room = count <= _buffer.Length ? _buffer : new byte[Math.Max(count, (int)Math.Min(Array.MaxLength, 2L * _buffer.Length))];
        kept.CopyTo(room);
        (_buffer, _start, _end) = (room, 0, kept.Length);
        while (_end < count)
        {
            var read = RandomAccess.Read(file, _buffer.AsSpan(_end), Offset + _end);
            if (read == 0)
            {
                return Stop(RecordEnd.TornTail);
            }

            _end += read;
        }

        return true;
    }

    private bool Damage(string reason)
    {
        Reason = reason;
        return Stop(RecordEnd.Damage);
    }

    /// <summary>
    /// Forgets what is in memory: a writer that comes back after a crash cuts a torn record off, and writes another one there.
    /// </summary>
    private bool Stop(RecordEnd end)
    {
        End = end;
        _start = _end = 0;
        return false;
    }
}
