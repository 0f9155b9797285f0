using System.Globalization;
using System.IO.Compression;

namespace PluginLoggers.Cli.Training;

/// <summary>The data set, which is part of the program; see the README beside it for its source and licence.</summary>
internal static class Digits
{
    private const int HeldOutOneIn = 5;
    private const float Ink = 16;

    /// <summary>Reads the digits: four of five to learn from, every fifth held out to validate with.</summary>
    public static (DigitImages Training, DigitImages HeldOut) Load()
    {
        var (training, heldOut) = (new DigitImages(), new DigitImages());
        using var resource = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        for (var line = 0; reader.ReadLine() is { } row; line++)
        {
            var values = Array.ConvertAll(row.Split(','), value => int.Parse(value, CultureInfo.InvariantCulture));
            var pixels = Array.ConvertAll(values[..DigitImages.Pixels], value => value / Ink);
            (line % HeldOutOneIn == 0 ? heldOut : training).Add(pixels, label: values[DigitImages.Pixels]);
        }

        return (training, heldOut);
    }
}
