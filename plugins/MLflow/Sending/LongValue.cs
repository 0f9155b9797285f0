using System.Globalization;

namespace PluginLoggers.MLflow;

/// <summary>Cuts values that a server would cut in silence, so that it shows.</summary>
internal static class LongValue
{
    /// <summary>The longest value of a param, in characters.</summary>
    public const int MaxParamLength = 6000;

    /// <summary>The longest value of a tag, in characters.</summary>
    public const int MaxTagLength = 8000;

    /// <summary>The value, or its beginning and how long it is.</summary>
    public static string Cut(string value, int length)
    {
        if (value.Length <= length)
        {
            return value;
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"... [cut: {value.Length} characters]");
        var kept = length - note.Length;
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[kept - 1]) ? kept - 1 : kept), note);
    }
}
