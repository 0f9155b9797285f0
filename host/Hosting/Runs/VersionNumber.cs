using System.Globalization;

namespace PluginLoggers.Hosting.Runs;

/// <summary>The versions that are counted: <c>version_0</c>, <c>version_1</c> and so on, as Lightning counts them.</summary>
internal static class VersionNumber
{
    private const string Prefix = "version_";

    /// <summary>The version with this number.</summary>
    public static string Format(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>The number of a version; null for one that a person named, or that counts further than an <see cref="int"/>.</summary>
    public static int? Parse(ReadOnlySpan<char> version) =>
        version.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(version[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < int.MaxValue
            ? number
            : null;

    /// <summary>One more than the largest in a folder, whoever made it; 0 in a folder that has none.</summary>
    public static int Next(string directory)
    {
        var largest = -1;
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory))
        {
            largest = Math.Max(largest, Parse(Path.GetFileName(entry.AsSpan())) ?? -1);
        }

        return largest + 1;
    }
}
