namespace PluginLoggers;

/// <summary>
/// An image as the bytes of a file. Pixels become a PNG when it is made, once, whatever the number of backends. Immutable.
/// </summary>
public sealed class ImageData
{
    private ImageData(ReadOnlyMemory<byte> encoded, ImageFormat format, int width, int height, int channels) =>
        (Encoded, Format, Width, Height, Channels) = (encoded, format, width, height, channels);

    /// <summary>The bytes of the PNG, JPEG or GIF file.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The format of <see cref="Encoded"/>.</summary>
    public ImageFormat Format { get; }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; }

    /// <summary>1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels { get; }

    /// <summary>Takes an image that is a PNG, JPEG or GIF file already; the size is read from its header.</summary>
    /// <param name="encoded">The bytes of the file; they are not copied, and must not change.</param>
    /// <exception cref="ArgumentException">The bytes are none of these formats, end within the header, or have no size.</exception>
    public static ImageData FromEncoded(ReadOnlyMemory<byte> encoded)
    {
        var header = ImageHeader.Read(encoded.Span)
            ?? throw new ArgumentException(
                "The bytes are no PNG, JPEG or GIF image with a size. For pixels, use FromPixels.", nameof(encoded));
        return new ImageData(encoded, header.Format, header.Width, header.Height, header.Channels);
    }

    /// <summary>Makes an image of bytes, 0 to 255.</summary>
    /// <param name="pixels">Width x height x channels values.</param>
    /// <param name="width">The width in pixels, 1 to 65,535.</param>
    /// <param name="height">The height in pixels, 1 to 65,535.</param>
    /// <param name="channels">1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="layout">The order of the values.</param>
    /// <exception cref="ArgumentException">The number of pixels is not width x height x channels.</exception>
    public static ImageData FromPixels(
        ReadOnlySpan<byte> pixels, int width, int height, int channels = 3, ImageLayout layout = ImageLayout.HeightWidthChannel)
    {
        PixelLayout.Check(pixels.Length, width, height, channels);
        return FromRows(PixelLayout.ToRows(pixels, width, height, channels, layout), width, height, channels);
    }

    /// <summary>Makes an image of numbers, 0 to 1; what lies outside is clamped, and NaN is 0.</summary>
    /// <inheritdoc cref="FromPixels(ReadOnlySpan{byte}, int, int, int, ImageLayout)"/>
    public static ImageData FromPixels(
        ReadOnlySpan<float> pixels, int width, int height, int channels = 3, ImageLayout layout = ImageLayout.HeightWidthChannel)
    {
        PixelLayout.Check(pixels.Length, width, height, channels);
        var bytes = new byte[pixels.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = float.IsNaN(pixels[i]) ? 0 : Math.Clamp(pixels[i], 0, 1);
            bytes[i] = (byte)MathF.Round(value * 255);
        }

        return FromRows(PixelLayout.ToRows(bytes, width, height, channels, layout), width, height, channels);
    }

    private static ImageData FromRows(byte[] rows, int width, int height, int channels) =>
        new(PngEncoder.Encode(rows, width, height, channels), ImageFormat.Png, width, height, channels);
}
