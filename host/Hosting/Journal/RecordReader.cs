using System.Buffers.Binary;
using System.Text;

namespace PluginLoggers.Hosting.Journal;

/// <summary>Reads what a <see cref="RecordBuffer"/> wrote. Bytes that end too early or make no sense throw.</summary>
/// <exception cref="MalformedRecordException">Thrown by every method.</exception>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public ulong ReadVarint()
    {
        // Most numbers are small.
        if (!_rest.IsEmpty && _rest[0] is var only and < 0x80)
        {
            _rest = _rest[1..];
            return only;
        }

        return ReadLongVarint();
    }

    /// <summary>The number of a name, or of a target.</summary>
    public int ReadNumber() => ReadVarint() is var number && number < int.MaxValue
        ? (int)number
        : throw new MalformedRecordException($"The journal has a name with the number {number}.");

    public long ReadZigzag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>A count of things of which each takes at least <paramref name="smallest"/> bytes of what is left.</summary>
    public int ReadCount(int smallest)
    {
        var count = ReadVarint();
        return count <= (ulong)(_rest.Length / smallest)
            ? (int)count
            : throw new MalformedRecordException($"The journal counts {count} items where {_rest.Length} bytes are left.");
    }

    public ReadOnlySpan<byte> ReadBlob() => Take(ReadCount(1));

    /// <summary>What <paramref name="create"/> makes of a copy of the bytes; an argument that it refuses makes no sense.</summary>
    public T ReadValue<T>(Func<byte[], T> create)
    {
        var blob = ReadBlob().ToArray();
        try
        {
            return create(blob);
        }
        catch (ArgumentException mistake)
        {
            throw new MalformedRecordException(mistake.Message);
        }
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBlob());

    public string? ReadOptionalText() => ReadByte() == 0 ? null : ReadText();

    public ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw new MalformedRecordException($"A record of the journal ends {count - _rest.Length} bytes too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong ReadLongVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new MalformedRecordException("A number in the journal is longer than 64 bits.");
    }
}
