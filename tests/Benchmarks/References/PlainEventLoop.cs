using System.Buffers.Binary;
using System.Text;
using PluginLoggers.Benchmarks.Support;

namespace PluginLoggers.Benchmarks.References;

/// <summary>
/// Encodes, checksums and writes scalar events, and does nothing else: no names to look up, no one to wait for, one sync at the end.
/// </summary>
internal static class PlainEventLoop
{
    private const int HeaderLength = 12;
    private const int Capacity = 1024 * 1024;

    /// <summary>Writes the scalars of so many steps of five metrics each.</summary>
    public static void Write(string path, int steps)
    {
        var tags = Metrics.Names.Select(Encoding.UTF8.GetBytes).ToArray();
        var buffer = new byte[Capacity];
        var (length, offset) = (0, 0L);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        for (long step = 0; step < steps; step++)
        {
            var wallTime = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
            for (var i = 0; i < tags.Length; i++)
            {
                if (Capacity - length < 256)
                {
                    RandomAccess.Write(file, buffer.AsSpan(0, length), offset);
                    offset += length;
                    length = 0;
                }

                length += Encode(buffer.AsSpan(length), wallTime, step, tags[i], (float)Metrics.Value(step, i));
            }
        }

        RandomAccess.Write(file, buffer.AsSpan(0, length), offset);
        RandomAccess.FlushToDisk(file);
    }

    private static int Encode(Span<byte> record, double wallTime, long step, byte[] tag, float value)
    {
        var at = HeaderLength;
        record[at++] = 0x09;
        BinaryPrimitives.WriteDoubleLittleEndian(record[at..], wallTime);
        at += sizeof(double);
        if (step != 0)
        {
            record[at++] = 0x10;
            for (var rest = (ulong)step; ; rest >>= 7)
            {
                record[at++] = (byte)(rest > 0x7F ? rest | 0x80 : rest);
                if (rest <= 0x7F)
                {
                    break;
                }
            }
        }

        // Tags are shorter than 100 bytes, so that each length is one byte.
        record[at++] = 0x2A;
        record[at++] = (byte)(tag.Length + 9);
        record[at++] = 0x0A;
        record[at++] = (byte)(tag.Length + 7);
        record[at++] = 0x0A;
        record[at++] = (byte)tag.Length;
        tag.CopyTo(record[at..]);
        at += tag.Length;
        record[at++] = 0x15;
        BinaryPrimitives.WriteSingleLittleEndian(record[at..], value);
        at += sizeof(float);

        BinaryPrimitives.WriteInt64LittleEndian(record, at - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Checksum.Masked(record[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(record[at..], Checksum.Masked(record[HeaderLength..at]));
        return at + sizeof(uint);
    }
}
