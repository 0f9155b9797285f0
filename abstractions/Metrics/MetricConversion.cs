using System.Collections;
using System.Globalization;

namespace PluginLoggers;

/// <summary>From the shapes in which a trainer has its metrics to the one in which they are logged.</summary>
internal static class MetricConversion
{
    private const int MaxDepth = 32;

    public static Metric[] ToMetrics((string Name, double Value)[] metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return Array.ConvertAll(metrics, metric => new Metric(metric.Name, metric.Value));
    }

    public static Metric[] ToMetrics(IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return [.. metrics.Select(metric => new Metric(metric.Key, metric.Value))];
    }

    /// <summary>Nested dictionaries to flat names; nulls are left out.</summary>
    public static Metric[] Flatten(IReadOnlyDictionary<string, object?> metrics, string separator) =>
        [.. Leaves(metrics, separator).Where(leaf => leaf.Value.HasValue).Select(leaf => new Metric(leaf.Key, leaf.Value!.Value))];

    /// <summary>The numbers and nulls of nested dictionaries, with their joined names, in order.</summary>
    /// <exception cref="ArgumentException">
    /// A value is neither a number, nor null, nor a dictionary; or they are nested too deep.
    /// </exception>
    public static IEnumerable<KeyValuePair<string, double?>> Leaves(
        IReadOnlyDictionary<string, object?> metrics, string separator, string prefix = "", int depth = 0)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (depth > MaxDepth)
        {
            throw new ArgumentException(
                $"Metrics '{prefix[..Math.Min(prefix.Length, 80)]}...' are nested deeper than {MaxDepth} levels, or contain themselves.",
                nameof(metrics));
        }

        foreach (var (name, value) in metrics)
        {
            var path = prefix + name;
            switch (value)
            {
                case null:
                    yield return new(path, null);
                    break;
                case IReadOnlyDictionary<string, double> nested:
                    foreach (var (innerName, innerValue) in nested)
                    {
                        yield return new(path + separator + innerName, innerValue);
                    }

                    break;
                case IReadOnlyDictionary<string, object?> nested:
                    foreach (var leaf in Leaves(nested, separator, path + separator, depth + 1))
                    {
                        yield return leaf;
                    }

                    break;
                case IDictionary nested:
                    foreach (DictionaryEntry entry in nested)
                    {
                        var inner = path + separator + HyperparameterValue.InvariantText(entry.Key);
                        yield return new(inner, entry.Value is null ? null : ToDouble(inner, entry.Value));
                    }

                    break;
                default:
                    yield return new(path, ToDouble(path, value));
                    break;
            }
        }
    }

    public static double ToDouble(string name, object value) => value switch
    {
        double number => number,
        float number => number,
        bool flag => flag ? 1 : 0,
        Half number => (double)number,
        decimal or int or long or uint or ulong or short or ushort or byte or sbyte =>
            Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(
            $"Metric '{name}' is a {value.GetType()}; a metric is a number, null, or a dictionary of such.", nameof(value)),
    };
}
