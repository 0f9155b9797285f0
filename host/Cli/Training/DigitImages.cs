namespace PluginLoggers.Cli.Training;

/// <summary>Images of hand-written digits with their labels.</summary>
internal sealed class DigitImages
{
    /// <summary>The width and the height of an image, in pixels.</summary>
    public const int Side = 8;

    /// <summary>How many pixels an image has.</summary>
    public const int Pixels = Side * Side;

    /// <summary>How many digits there are.</summary>
    public const int Classes = 10;

    private readonly List<(float[] Pixels, int Label)> _images = [];

    /// <summary>How many images there are.</summary>
    public int Count => _images.Count;

    /// <summary>The pixels of an image, row by row; 0 is paper, 1 is ink.</summary>
    public ReadOnlySpan<float> Image(int index) => _images[index].Pixels;

    /// <summary>The digit that an image shows, 0 to 9.</summary>
    public int Label(int index) => _images[index].Label;

    internal void Add(float[] pixels, int label) => _images.Add((pixels, label));
}
