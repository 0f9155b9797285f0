using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginLoggers.Csv.Hparams;

/// <summary>Values as YAML that 1.1 (PyYAML, which Lightning uses) and 1.2 read as the same value.</summary>
internal static partial class YamlScalar
{
    /// <summary>What YAML 1.1 or 1.2 takes for a boolean or for nothing, in any case.</summary>
    private static readonly HashSet<string> Words =
        new(["y", "yes", "n", "no", "on", "off", "true", "false", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The text of a value that is not a string, to be written without quotes.</summary>
    public static string TextOf(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => TextOf(number),
        _ => throw new ArgumentException($"A {value.GetType()} is no value of a hyperparameter.", nameof(value)),
    };

    /// <summary>
    /// Whether a string may stand without quotes: one that begins like a word, goes on without what YAML gives a meaning to, and is no
    /// word of its own.
    /// </summary>
    public static bool IsPlain(string text) => Plain().IsMatch(text) && !Words.Contains(text);

    /// <summary>Reads what stands without quotes: <see cref="TextOf(object?)"/> turned around, and a string for everything else.</summary>
    /// <exception cref="InvalidDataException">A whole number beyond 64 bits.</exception>
    public static object? Parse(string text) => text switch
    {
        "null" => null,
        "true" => true,
        "false" => false,
        ".nan" => double.NaN,
        ".inf" => double.PositiveInfinity,
        "-.inf" => double.NegativeInfinity,
        _ when Whole().IsMatch(text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new InvalidDataException($"it holds {text}, which is no whole number of 64 bits"),
        _ when Fraction().IsMatch(text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => text,
    };

    /// <summary>
    /// The shortest text, always with a point and with a sign of the exponent: PyYAML takes <c>1e-05</c> and <c>1.0e5</c> for strings.
    /// </summary>
    private static string TextOf(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        if (text.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        var exponent = text.IndexOf('e', StringComparison.Ordinal);
        return exponent < 0 ? text + ".0" : text.Insert(exponent, ".0");
    }

    [GeneratedRegex(@"\A[A-Za-z_/](?:[A-Za-z0-9_./+-]| (?! ))*(?<! )\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A-?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A-?[0-9]+\.[0-9]+(?:e[+-][0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
