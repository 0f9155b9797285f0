using System.Numerics;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Numbers as <see href="https://protobuf.dev/programming-guides/encoding/#varints">Protocol Buffers</see> write them, 7 bits a byte.
/// </summary>
internal static class Varint
{
    private const int MostBytes = 10;

    /// <summary>The length in bytes, 10 at most.</summary>
    public static int Length(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>Writes a number, and returns its length.</summary>
    public static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            target[length++] = (byte)(value | 0x80);
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Takes a number from the front; false if there is no whole one.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < MostBytes; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] <= 0x7F)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
