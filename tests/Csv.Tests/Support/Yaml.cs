using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>
/// A YAML file as PyYAML's safe loader sees it: YamlDotNet parses it, and what stands without quotes is resolved by the rules of
/// <see href="https://yaml.org/type/">YAML 1.1</see> as PyYAML applies them.
/// </summary>
internal static partial class Yaml
{
    public static object? Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Value(Assert.Single(stream.Documents).RootNode);
    }

    /// <summary>Names joined by slashes, lists by position; the reverse of nesting.</summary>
    public static Dictionary<string, object?> LoadFlat(string yaml)
    {
        var flat = new Dictionary<string, object?>();
        Descend(null, Load(yaml));
        return flat;

        void Descend(string? path, object? value)
        {
            switch (value)
            {
                case Dictionary<string, object?> mapping:
                    foreach (var (name, child) in mapping)
                    {
                        Descend(path is null ? name : path + "/" + name, child);
                    }

                    break;
                case List<object?> list:
                    foreach (var (i, child) in list.Index())
                    {
                        Descend(string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), child);
                    }

                    break;
                default:
                    flat.Add(path!, value);
                    break;
            }
        }
    }

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children
            .ToDictionary(entry => Assert.IsType<string>(Value(entry.Key)), entry => Value(entry.Value)),
        YamlSequenceNode sequence => sequence.Children.Select(Value).ToList(),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain => Resolve(plain.Value!),
        YamlScalarNode quoted => quoted.Value,
        _ => throw new FormatException($"A {node.NodeType} is not expected."),
    };

    private static object? Resolve(string text) => text switch
    {
        _ when Null().IsMatch(text) => null,
        _ when Bool().IsMatch(text) => text.ToUpperInvariant() is "YES" or "TRUE" or "ON",
        _ when Float().IsMatch(text) => text.TrimStart('+', '-').ToUpperInvariant() switch
        {
            ".NAN" => double.NaN,
            ".INF" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            _ when text.Contains(':', StringComparison.Ordinal) => throw new FormatException($"Base 60: {text}."),
            _ => double.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
        },
        _ when Decimal().IsMatch(text) => long.Parse(text, CultureInfo.InvariantCulture),
        _ when Int().IsMatch(text) => throw new FormatException($"Another base: {text}."),
        _ when Timestamp().IsMatch(text) || text is "<<" or "=" => throw new FormatException($"No value of ours, and no string: {text}."),
        _ => text,
    };

    [GeneratedRegex(@"^(?:~|null|Null|NULL|)\z")]
    private static partial Regex Null();

    [GeneratedRegex(@"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\z")]
    private static partial Regex Bool();

    [GeneratedRegex(
        @"^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
        + @"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex Int();

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]*)\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9].*)\z")]
    private static partial Regex Timestamp();
}
