using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginLoggers.Csv.Hparams;

/// <summary>Scalars by the rules of YAML 1.1 as PyYAML applies them; other bases than ten, which it never writes, stay text.</summary>
internal static partial class PythonScalar
{
    private const string PythonTag = "tag:yaml.org,2002:python/";
    private const string TextTag = "tag:yaml.org,2002:str";

    public static object? Parse(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty && scalar.Tag.Value is var tag)
        {
            // The name of a function or a class has no value: its tag is its text.
            var isPython = tag.StartsWith(PythonTag, StringComparison.Ordinal);
            return isPython && scalar.Value.Length == 0 ? tag[(tag.IndexOf(':', PythonTag.Length) + 1)..]
                : isPython || tag == TextTag || scalar.Style != ScalarStyle.Plain ? scalar.Value
                : Resolve(scalar.Value);
        }

        return scalar.Style == ScalarStyle.Plain ? Resolve(scalar.Value) : scalar.Value;
    }

    private static object? Resolve(string text)
    {
        if (text.Length > 64)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            _ when True().IsMatch(text) => true,
            _ when False().IsMatch(text) => false,
            _ when Whole().IsMatch(text)
                && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when Fraction().IsMatch(text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ when Infinity().IsMatch(text) => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            _ => text,
        };
    }

    [GeneratedRegex(@"\A(?:yes|Yes|YES|true|True|TRUE|on|On|ON)\z", RegexOptions.CultureInvariant)]
    private static partial Regex True();

    [GeneratedRegex(@"\A(?:no|No|NO|false|False|FALSE|off|Off|OFF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex False();

    [GeneratedRegex(@"\A[-+]?(?:0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A[-+]?\.(?:inf|Inf|INF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Infinity();
}
