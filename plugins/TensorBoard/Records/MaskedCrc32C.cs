using System.Buffers.Binary;
using System.Numerics;

namespace PluginLoggers.TensorBoard;

/// <summary>CRC-32C (Castagnoli), masked as <see href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">TFRecord</see> stores it.</summary>
internal static class MaskedCrc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes) => Mask(Unmasked(bytes));

    /// <summary>The plain CRC-32C; that of "123456789" is 0xE3069283.</summary>
    public static uint Unmasked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>A checksum of data that contains checksums is weak, hence the mask.</summary>
    private static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + 0xA282EAD8;
}
