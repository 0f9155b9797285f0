using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>What a section is, as far as a configuration can tell: a list is an object whose names are numbers.</summary>
internal static class SectionShape
{
    /// <summary>Says whether a section is a list with elements.</summary>
    /// <param name="section">The section.</param>
    public static bool IsList(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count > 0 && children.TrueForAll(child => IndexOf(child) is not null);
    }

    /// <summary>The index that a child's name is, or null.</summary>
    /// <param name="child">The child.</param>
    public static int? IndexOf(IConfigurationSection child) =>
        int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>A word for what was found instead of a single value.</summary>
    /// <param name="section">The section.</param>
    public static string Describe(IConfigurationSection section) => IsList(section) ? "a list" : "an object";
}
