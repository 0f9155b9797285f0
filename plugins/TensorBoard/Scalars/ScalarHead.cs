using System.Buffers.Binary;

namespace PluginLoggers.TensorBoard;

/// <summary>What the events of a call begin with: their wall time and step. Not thread-safe.</summary>
internal sealed class ScalarHead
{
    /// <summary>Room for the longest, of 20 bytes. Copying all of it takes three moves, copying what is there a call.</summary>
    public const int Capacity = 24;

    // A field's number and wire type: number << 3 | type.
    public const byte WallTime = (1 << 3) | 1;
    public const byte Step = 2 << 3;

    private readonly byte[] _bytes = new byte[Capacity];

    public ReadOnlySpan<byte> Padded => _bytes;

    public int Length { get; private set; }

    /// <summary>The state of the checksum behind the head.</summary>
    public uint Crc { get; private set; }

    public void Set(double wallTime, long step)
    {
        Length = 0;
        if (wallTime != 0)
        {
            _bytes[0] = WallTime;
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(1), wallTime);
            Length = 1 + sizeof(double);
        }

        if (step != 0)
        {
            _bytes[Length] = Step;
            Length += 1 + Varint.Write(_bytes.AsSpan(Length + 1), (ulong)step);
        }

        Crc = MaskedCrc32C.Append(MaskedCrc32C.Start, _bytes.AsSpan(0, Length));
    }
}
