using System.Buffers.Binary;
using System.IO.Compression;

namespace PluginLoggers.Abstractions.Tests.Support;

/// <summary>
/// Reads 8-bit PNG files as <see href="https://www.w3.org/TR/png-3/"/> says, independently of the encoder: all filters, every checksum.
/// </summary>
internal sealed record Png(int Width, int Height, int Channels, byte[] Pixels)
{
    public static Png Decode(ReadOnlySpan<byte> file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8].ToArray());
        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            Assert.Equal(Crc(file.Slice(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + length)..]));
            chunks.Add((System.Text.Encoding.ASCII.GetString(file.Slice(at + 4, 4)), file.Slice(at + 8, length).ToArray()));
            at += 12 + length;
        }

        Assert.Equal("IHDR", chunks[0].Type);
        Assert.Equal("IEND", chunks[^1].Type);
        Assert.Empty(chunks[^1].Data);
        var header = chunks[0].Data;
        Assert.Equal(13, header.Length);
        Assert.Equal(8, header[8]);
        Assert.Equal([0, 0, 0], header[10..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        var channels =
            header[9] switch { 0 => 1, 4 => 2, 2 => 3, 6 => 4, _ => throw new InvalidDataException("A color type that is not expected.") };
        var packed = chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data).ToArray();
        return new Png(width, height, channels, Unfilter(Inflate(packed), width, height, channels));
    }

    private static byte[] Inflate(byte[] zlib)
    {
        // The frame of zlib by hand, so that its checksum is checked: RFC 1950.
        Assert.Equal(0, ((zlib[0] << 8) | zlib[1]) % 31);
        Assert.Equal(8, zlib[0] & 15);
        using var deflate = new DeflateStream(new MemoryStream(zlib, 2, zlib.Length - 6), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        deflate.CopyTo(inflated);
        var bytes = inflated.ToArray();
        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        Assert.Equal((b << 16) | a, BinaryPrimitives.ReadUInt32BigEndian(zlib.AsSpan(zlib.Length - 4)));
        return bytes;
    }

    private static byte[] Unfilter(byte[] rows, int width, int height, int channels)
    {
        var stride = width * channels;
        Assert.Equal(height * (stride + 1), rows.Length);
        var pixels = new byte[height * stride];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < stride; x++)
            {
                int left = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                int up = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int corner = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                var predicted = rows[y * (stride + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    var filter => throw new InvalidDataException($"Filter {filter} does not exist."),
                };
                pixels[(y * stride) + x] = (byte)(rows[(y * (stride + 1)) + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (byLeft, byUp, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((((crc ^ ((uint)value >> bit)) & 1) != 0) ? 0xEDB88320u : 0);
            }
        }

        return ~crc;
    }
}
