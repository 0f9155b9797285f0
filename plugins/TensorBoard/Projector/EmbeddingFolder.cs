using System.Globalization;
using System.Text;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// The folder of one embedding below that of its run, <c>&lt;step&gt;/&lt;name&gt;</c> as torch names it: the name percent-encoded, so that
/// it is one folder and leads nowhere, on any system.
/// </summary>
internal static class EmbeddingFolder
{
    private const int MaxLength = 100;

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "com", "lpt"];

    /// <summary>The path with <c>/</c>.</summary>
    public static string Of(string name, long step) => $"{Number(step)}/{Segment(name)}";

    /// <summary>A step in five digits at least.</summary>
    public static string Number(long step) => step.ToString("D5", CultureInfo.InvariantCulture);

    private static string Segment(string name)
    {
        if (name.Length == 0)
        {
            return "~";
        }

        var segment = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            // A dot is plain only within a name.
            var isPlain = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' || (value == '.' && segment.Length > 0);
            _ = isPlain ? segment.Append((char)value) : segment.Append('%').Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        if (segment[^1] == '.')
        {
            segment.Replace(".", "%2e", segment.Length - 1, 1);
        }

        var text = segment.ToString();
        if (Devices.Any(device => text.StartsWith(device, StringComparison.OrdinalIgnoreCase)))
        {
            text = $"%{(int)text[0]:x2}{text[1..]}";
        }

        if (text.Length <= MaxLength)
        {
            return text;
        }

        var checksum = MaskedCrc32C.Unmasked(Encoding.UTF8.GetBytes(name));
        return string.Create(CultureInfo.InvariantCulture, $"{text[..(MaxLength - 9)]}~{checksum:x8}");
    }
}
