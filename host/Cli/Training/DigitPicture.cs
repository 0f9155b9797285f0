namespace PluginLoggers.Cli.Training;

/// <summary>Enlarges the image of a digit, so that a person can see it.</summary>
internal static class DigitPicture
{
    private const int Scale = 8;
    private const int Side = DigitImages.Side * Scale;

    public static ImageData Of(ReadOnlySpan<float> pixels)
    {
        var enlarged = new float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                enlarged[(y * Side) + x] = 1 - pixels[(y / Scale * DigitImages.Side) + (x / Scale)];
            }
        }

        return ImageData.FromPixels(enlarged, Side, Side, channels: 1);
    }
}
