using System.Buffers.Binary;

namespace PluginLoggers;

/// <summary>Format and size of an image file, read from its first bytes.</summary>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, int Channels)
{
    /// <summary>The signature, the length of the first chunk, and its type, IHDR.</summary>
    private static ReadOnlySpan<byte> PngStart =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>The header, or null if the bytes are no image known here, end within the header, or have no size.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        var header = file.StartsWith(PngStart) ? ReadPng(file)
            : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? ReadGif(file)
            : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? ReadJpeg(file)
            : null;
        return header is { Width: > 0, Height: > 0, Channels: > 0 } ? header : null;
    }

    private static ImageHeader? ReadPng(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26)
        {
            return null;
        }

        // A palette (3) shows as RGB.
        var channels = file[25] switch { 0 => 1, 2 or 3 => 3, 4 => 2, 6 => 4, _ => 0 };
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        return new(ImageFormat.Png, width, height, channels);
    }

    private static ImageHeader? ReadGif(ReadOnlySpan<byte> file) => file.Length < 10
        ? null
        : new(ImageFormat.Gif, BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), 3);

    /// <summary>Walks the segments to the start of frame (SOF0 to SOF15, but for DHT, JPG and DAC).</summary>
    private static ImageHeader? ReadJpeg(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 9 < file.Length)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var height = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]);
                var width = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]);
                return new(ImageFormat.Jpeg, width, height, file[at + 9] is var channels and <= 4 ? channels : 0);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }
}
