namespace PluginLoggers;

/// <summary>Checks the size of an image, and brings its values into the order of a PNG.</summary>
internal static class PixelLayout
{
    private const int MaxSide = ushort.MaxValue;

    public static void Check(int values, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        var expected = (long)width * height * channels;
        if (values != expected)
        {
            throw new ArgumentException(
                $"Found {values} values; an image of {width} x {height} pixels with {channels} channels has {expected}.");
        }
    }

    public static byte[] ToRows(ReadOnlySpan<byte> values, int width, int height, int channels, ImageLayout layout)
    {
        if (layout == ImageLayout.HeightWidthChannel || channels == 1)
        {
            return values.ToArray();
        }

        var rows = new byte[values.Length];
        var plane = width * height;
        for (var channel = 0; channel < channels; channel++)
        {
            for (var pixel = 0; pixel < plane; pixel++)
            {
                rows[(pixel * channels) + channel] = values[(channel * plane) + pixel];
            }
        }

        return rows;
    }
}
