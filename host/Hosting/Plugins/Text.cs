using System.Text;

namespace PluginLoggers.Hosting.Plugins;

/// <summary>Text of unknown origin, made fit for one line of a message.</summary>
internal static class Text
{
    private const int Longest = 300;

    /// <summary>Replaces line breaks and control characters by a space, and cuts what is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters kept.</param>
    public static string OneLine(string text, int longest = Longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        var gap = false;
        foreach (var character in text.AsSpan().Trim())
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character))
            {
                gap = true;
                continue;
            }

            if (line.Length >= longest)
            {
                return line.Append("...").ToString();
            }

            line.Append(gap ? " " : "").Append(character);
            gap = false;
        }

        return line.ToString();
    }
}
