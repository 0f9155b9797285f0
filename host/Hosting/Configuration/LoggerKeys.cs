using System.Buffers;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>The keys of loggers. Each names the logger's folder in that of the run, so it must be legal in a path, on every system.</summary>
internal static class LoggerKeys
{
    private const int Longest = 100;

    private static readonly SearchValues<char> Illegal = SearchValues.Create("<>\"/\\|?*");

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Says what is wrong with a key, or null.</summary>
    /// <param name="key">The key.</param>
    public static string? Problem(string key)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            return "it is empty";
        }

        if (key.Length > Longest)
        {
            return $"it is longer than {Longest} characters";
        }

        if (key.AsSpan().ContainsAny(Illegal) || key.Any(char.IsControl))
        {
            return "none of < > \" / \\ | ? * and no control characters";
        }

        if (key[0] is '.' or ' ' || key[^1] is '.' or ' ')
        {
            return "no dot and no space at its start or end";
        }

        return IsDevice(key.Split('.')[0].TrimEnd()) ? "it is the name of a device on Windows" : null;
    }

    private static bool IsDevice(string name) =>
        Names.Contains(Devices, name)
        || (name.Length == 4
            && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
            && name[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3');
}
