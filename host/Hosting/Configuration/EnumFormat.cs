namespace PluginLoggers.Hosting.Configuration;

/// <summary>Enumerations are written by name, in any case; several of a set of flags with commas. Numbers are no names.</summary>
internal static class EnumFormat
{
    /// <summary>The format of an enumeration.</summary>
    /// <param name="type">The type.</param>
    public static ScalarFormat Of(Type type)
    {
        var names = Enum.GetNames(type);
        var isSet = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        return new ScalarFormat(isSet ? $"{Names.Join(names)}, or several of them" : Names.Join(names), Parse);

        object? Parse(string text)
        {
            var parts = isSet ? text.Split(',', StringSplitOptions.TrimEntries) : [text.Trim()];
            return parts.All(part => Names.Contains(names, part)) ? Enum.Parse(type, text, ignoreCase: true) : null;
        }
    }

    /// <summary>The name of an enumeration that is nearest to a text, or null.</summary>
    /// <param name="type">A type, any.</param>
    /// <param name="text">The text.</param>
    public static string? Nearest(Type type, string text) => type.IsEnum ? Names.Nearest(text, Enum.GetNames(type)) : null;
}
