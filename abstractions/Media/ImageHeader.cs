using System.Buffers.Binary;

namespace PluginLoggers;

/// <summary>Format and size of an image file, read from its first bytes.</summary>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, int Channels)
{
    /// <summary>The header, or null if the bytes are no image known here.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 26 && file[0] == 0x89 && file[1..].StartsWith("PNG\r\n"u8))
        {
            return ReadPng(file);
        }

        if (file.StartsWith("GIF8"u8) && file.Length >= 10)
        {
            return new(ImageFormat.Gif, BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), 3);
        }

        return file.Length >= 4 && file[0] == 0xFF && file[1] == 0xD8 ? ReadJpeg(file) : null;
    }

    private static ImageHeader ReadPng(ReadOnlySpan<byte> file)
    {
        var channels = file[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        return new(ImageFormat.Png, BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]), channels);
    }

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
                return new(ImageFormat.Jpeg, width, height, file[at + 9]);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }
}
