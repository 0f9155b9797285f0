using System.Globalization;
using System.Text;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>Reads an undamaged journal by the words of its format alone.</summary>
internal static class IndependentDecoder
{
    public static List<string> Decode(byte[] file)
    {
        Assert.Equal("PLJOURN\n", Encoding.ASCII.GetString(file, 0, 8));
        Assert.Equal(1u, BitConverter.ToUInt32(file, 8));
        Assert.Equal(Crc32C(file.AsSpan(0, 20)), BitConverter.ToUInt32(file, 20));
        var records = new List<string>();
        for (var at = 24; at < file.Length;)
        {
            Assert.Equal(file[12..20], file[at..(at + 8)]);
            var length = BitConverter.ToInt32(file, at + 8);
            var payload = file[(at + 16)..(at + 16 + length)];
            byte[] covered = [.. BitConverter.GetBytes((ulong)at), .. BitConverter.GetBytes(length), .. payload];
            Assert.Equal(Crc32C(covered), BitConverter.ToUInt32(file, at + 12));
            DecodeBlock(payload, records);
            at += 16 + length;
        }

        return records;
    }

    /// <summary>CRC-32C (Castagnoli), bit by bit.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
            }
        }

        return ~crc;
    }

    private static void DecodeBlock(byte[] payload, List<string> records)
    {
        var (at, time, step) = (0, 0L, 0L);
        while (at < payload.Length)
        {
            var kind = payload[at++];
            if (kind == 1)
            {
                var id = Varint();
                records.Add($"name {id}={Encoding.UTF8.GetString(Bytes())}");
                continue;
            }

            // +128: without a step, and one to be shown at.
            var aside = kind >= 128 ? " aside" : "";
            kind &= 127;
            var target = Varint();
            time += Zigzag();
            step += Zigzag();
            var content = kind is 2 or 13 ? Metrics() : Convert.ToHexString(Bytes());
            records.Add(string.Create(CultureInfo.InvariantCulture, $"kind {kind} for {target} at {time} step {step}{aside}: {content}"));
        }

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = payload[at++];
                value |= (next & 0x7Ful) << shift;
                if ((next & 0x80) == 0)
                {
                    return value;
                }
            }
        }

        long Zigzag()
        {
            var value = Varint();
            return (value & 1) == 0 ? (long)(value / 2) : -(long)(value / 2) - 1;
        }

        byte[] Bytes()
        {
            var length = (int)Varint();
            at += length;
            return payload[(at - length)..at];
        }

        string Metrics()
        {
            var parts = new List<string>();
            for (var left = Varint(); left > 0; left--)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Varint()}={BitConverter.ToDouble(payload, at)}"));
                at += 8;
            }

            return string.Join(' ', parts);
        }
    }
}
