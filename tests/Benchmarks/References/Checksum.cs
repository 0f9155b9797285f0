using System.Buffers.Binary;
using System.Numerics;

namespace PluginLoggers.Benchmarks.References;

/// <summary>CRC-32C with the processor's instruction, masked as event files want it.</summary>
internal static class Checksum
{
    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var at = 0;
        for (; bytes.Length - at >= sizeof(ulong); at += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));
        }

        for (; at < bytes.Length; at++)
        {
            crc = BitOperations.Crc32C(crc, bytes[at]);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
