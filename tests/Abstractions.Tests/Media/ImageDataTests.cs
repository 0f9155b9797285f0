using PluginLoggers.Abstractions.Tests.Support;

namespace PluginLoggers.Abstractions.Tests.Media;

public class ImageDataTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Bytes_become_a_png_that_holds_them(int channels)
    {
        var pixels = new byte[7 * 5 * channels];
        new Random(channels).NextBytes(pixels);
        var image = ImageData.FromPixels(pixels, width: 7, height: 5, channels);
        var png = Png.Decode(image.Encoded.Span);

        Assert.Equal((ImageFormat.Png, 7, 5, channels), (image.Format, image.Width, image.Height, image.Channels));
        Assert.Equal((7, 5, channels), (png.Width, png.Height, png.Channels));
        Assert.Equal(pixels, png.Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Planes_become_the_same_image_as_rows(int channels)
    {
        const int width = 3, height = 2;
        var rows = Enumerable.Range(0, width * height * channels).Select(i => (byte)i).ToArray();
        var planes = Enumerable.Range(0, channels)
            .SelectMany(channel => Enumerable.Range(0, width * height).Select(pixel => rows[(pixel * channels) + channel])).ToArray();

        Assert.Equal(
            rows, Png.Decode(ImageData.FromPixels(planes, width, height, channels, ImageLayout.ChannelHeightWidth).Encoded.Span).Pixels);
    }

    [Fact]
    public void Floats_are_rounded_and_clamped_and_NaN_is_black()
    {
        float[] pixels = [0, 1, 0.5f, -0.1f, 1.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1 / 255f, 254.4f / 255f];
        var png = Png.Decode(ImageData.FromPixels(pixels, width: 10, height: 1, channels: 1).Encoded.Span);
        Assert.Equal([0, 255, 128, 0, 255, 0, 255, 0, 1, 254], png.Pixels);
    }

    [Fact]
    public void A_large_image_is_whole()
    {
        var pixels = new byte[1000 * 700 * 3];
        new Random(1).NextBytes(pixels);
        Assert.Equal(pixels, Png.Decode(ImageData.FromPixels(pixels, 1000, 700).Encoded.Span).Pixels);
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, 0, 3)]
    [InlineData(-1, -1, 3)]
    [InlineData(65_536, 1, 3)]
    [InlineData(1, 65_536, 3)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 5)]
    [InlineData(2, 2, 3)]
    public void A_size_that_does_not_fit_is_refused(int width, int height, int channels)
    {
        Assert.ThrowsAny<ArgumentException>(() => ImageData.FromPixels(new byte[3], width, height, channels));
        Assert.ThrowsAny<ArgumentException>(() => ImageData.FromPixels(new float[3], width, height, channels));
    }

    [Fact]
    public void A_message_names_what_was_found_and_what_was_expected()
    {
        var refusal = Assert.Throws<ArgumentException>(() => ImageData.FromPixels(new byte[5], width: 2, height: 2, channels: 3));
        Assert.Contains("Found 5 values", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("has 12", refusal.Message, StringComparison.Ordinal);
    }
}
