using System.Buffers.Binary;
using System.Numerics;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// CRC-32C (Castagnoli), masked as
/// <see href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">TFRecord</see> stores it.
/// </summary>
internal static class MaskedCrc32C
{
    /// <summary>What <see cref="Append"/> begins with.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Compute(ReadOnlySpan<byte> bytes) => End(Append(Start, bytes));

    /// <summary>The checksum of eight bytes, which a length is.</summary>
    public static uint Compute(ulong bytes) => End(BitOperations.Crc32C(Start, bytes));

    /// <summary>The plain CRC-32C; that of "123456789" is 0xE3069283.</summary>
    public static uint Unmasked(ReadOnlySpan<byte> bytes) => ~Append(Start, bytes);

    /// <summary>The state after further bytes. Byte by byte, the end of a scalar event would cost as much as the rest of it.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        if (bytes.Length >= sizeof(uint))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[sizeof(uint)..];
        }

        if (bytes.Length >= sizeof(ushort))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
            bytes = bytes[sizeof(ushort)..];
        }

        return bytes.IsEmpty ? state : BitOperations.Crc32C(state, bytes[0]);
    }

    /// <summary>The checksum of all that was appended. One of data that contains checksums is weak, hence the mask.</summary>
    public static uint End(uint state) => BitOperations.RotateRight(~state, 15) + 0xA282EAD8;
}
