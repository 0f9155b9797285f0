using System.Buffers.Binary;

namespace PluginLoggers.Abstractions.Tests.Media;

public class ImageHeaderTests
{
    private static readonly byte[] Png = ImageData.FromPixels(new byte[3 * 2 * 3], width: 3, height: 2).Encoded.ToArray();

    private static readonly byte[] Gif = [.. "GIF89a"u8, 3, 0, 2, 0, 0, 0, 0];

    /// <summary>SOI, an APP0 with a fill byte before it, a DHT, and a progressive start of frame of 3 x 2 pixels.</summary>
    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 3, 9,
        0xFF, 0xC2, 0, 17, 8, 0, 2, 0, 3, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9,
    ];

    public static TheoryData<string> Formats => ["Png", "Jpeg", "Gif"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Format_and_size_are_read_from_the_header(string format)
    {
        var image = ImageData.FromEncoded(File(format));
        Assert.Equal((Enum.Parse<ImageFormat>(format), 3, 2, 3), (image.Format, image.Width, image.Height, image.Channels));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_ends_within_the_header_is_refused(string format)
    {
        var file = File(format);
        var whole = Enumerable.Range(0, file.Length + 1).First(length => Reads(file.AsMemory(0, length)));
        Assert.InRange(whole, 10, 26);
        for (var length = 0; length < whole; length++)
        {
            var cut = file.AsMemory(0, length);
            Assert.Throws<ArgumentException>(() => ImageData.FromEncoded(cut));
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 0)]
    [InlineData(-1, 2)]
    [InlineData(3, int.MinValue)]
    public void A_png_without_a_size_is_refused(int width, int height)
    {
        var file = Png.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        Assert.Throws<ArgumentException>(() => ImageData.FromEncoded(file));
    }

    [Fact]
    public void A_jpeg_and_a_gif_without_a_size_are_refused()
    {
        var jpeg = Jpeg.ToArray();
        jpeg.AsSpan(19, 2).Clear();
        Assert.Throws<ArgumentException>(() => ImageData.FromEncoded(jpeg));
        var gif = Gif.ToArray();
        gif.AsSpan(6, 2).Clear();
        Assert.Throws<ArgumentException>(() => ImageData.FromEncoded(gif));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_refused_or_have_a_size(string format)
    {
        var random = new Random(20);
        for (var i = 0; i < 20_000; i++)
        {
            var file = File(format).ToArray();
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            try
            {
                var image = ImageData.FromEncoded(file.AsMemory(0, random.Next(file.Length + 1)));
                Assert.True(image.Width > 0 && image.Height > 0 && image.Channels is >= 1 and <= 4);
            }
            catch (ArgumentException)
            {
                // Refused, which is right for what is damaged.
            }
        }
    }

    private static bool Reads(ReadOnlyMemory<byte> file)
    {
        try
        {
            ImageData.FromEncoded(file);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static byte[] File(string format) => format switch { "Png" => Png, "Jpeg" => Jpeg, _ => Gif };
}
