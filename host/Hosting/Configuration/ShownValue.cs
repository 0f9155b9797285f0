using System.Text.RegularExpressions;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>A value of the configuration as a message may show it: in quotes, in one line, and without secrets.</summary>
internal static partial class ShownValue
{
    private const int Longest = 80;

    private const int LongestScanned = 4096;

    /// <summary>The value, or a mark in its place.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="value">The value.</param>
    public static string Of(string path, string? value)
    {
        if (value is null)
        {
            return "null";
        }

        return SecretNames.IsSecret(path) ? SecretNames.Redacted : $"\"{Text.OneLine(WithoutSecrets(value), Longest)}\"";
    }

    /// <summary>Removes user and password from addresses, and what is assigned to a name that looks like a secret's.</summary>
    /// <param name="text">The text.</param>
    public static string WithoutSecrets(string text)
    {
        var scanned = text.Length > LongestScanned ? text[..LongestScanned] : text;
        return Assignment().Replace(UserInfo().Replace(scanned, SecretNames.Redacted + "@"), "$1=" + SecretNames.Redacted);
    }

    // The first form takes a password with a slash in it, which makes no valid address and still must not be shown.
    [GeneratedRegex(@"(?<=//)\S*@|[^/?#\s]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b(\w*(?:key|token|secret|password|pwd)\w*)=[^&;\s]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();
}
