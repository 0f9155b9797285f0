using System.Globalization;

namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>The text files by which Linux tells of itself (https://man7.org/linux/man-pages/man5/proc.5.html).</summary>
internal static class ProcFile
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads one.</summary>
    /// <exception cref="PlatformNotSupportedException">There is none: this is no Linux.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception refusal) when (refusal is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new PlatformNotSupportedException($"there is no {path} that can be read", refusal);
        }
    }

    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A count.</summary>
    /// <param name="word">Its digits.</param>
    /// <param name="file">Where it stands, for a message.</param>
    public static ulong Number(string word, string file) =>
        ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Malformed(file, $"'{word[..Math.Min(word.Length, 40)]}' is no whole number");

    /// <summary>What to throw for a file that makes no sense.</summary>
    public static InvalidDataException Malformed(string file, string why) => new($"{file} is not as Linux writes it: {why}");
}
