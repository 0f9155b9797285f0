using System.Collections;

namespace PluginLoggers;

/// <summary>
/// Holds metrics back while the step stays the same, and makes one value of several: Lightning's <c>agg_and_log_metrics</c>.
/// </summary>
/// <remarks>
/// Letting go is always one step late: a change of step, in any direction, lets the earlier step go. A step that was logged once is
/// let go as it is, without a function. Names come in the order in which they were first seen. Safe for use from several threads.
/// </remarks>
public sealed class MetricAggregator
{
    private const string DefaultSeparator = "/";
    private const int MaxDepth = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AggregationFunction> _functions = new(StringComparer.Ordinal);
    private readonly string _separator;
    private AggregationFunction _default;
    private List<IReadOnlyList<KeyValuePair<string, double?>>> _pending = [];
    private long? _step;
    private long _omittedCount;

    /// <summary>Creates an aggregator.</summary>
    /// <param name="functions">A function a metric name (nested names joined by the separator), copied; null for none.</param>
    /// <param name="defaultFunction">The function of all other names; null is <see cref="Aggregations.Mean"/>.</param>
    /// <param name="separator">What joins nested names.</param>
    /// <exception cref="ArgumentException">A function is null.</exception>
    public MetricAggregator(
        IReadOnlyDictionary<string, AggregationFunction>? functions = null,
        AggregationFunction? defaultFunction = null,
        string separator = DefaultSeparator)
    {
        ArgumentNullException.ThrowIfNull(separator);
        _separator = separator;
        _default = Aggregations.Mean;
        Update(functions, defaultFunction);
    }

    /// <summary>How many names were left out so far because all their values of one step were null.</summary>
    public long OmittedCount
    {
        get
        {
            lock (_gate)
            {
                return _omittedCount;
            }
        }
    }

    internal int PendingCount => _pending.Count;

    /// <summary>Changes the functions, for what is held back already too.</summary>
    /// <param name="functions">Merged into those already set; null for none.</param>
    /// <param name="defaultFunction">Null leaves the default as it is.</param>
    /// <exception cref="ArgumentException">A function is null; nothing was changed.</exception>
    public void Update(IReadOnlyDictionary<string, AggregationFunction>? functions = null, AggregationFunction? defaultFunction = null)
    {
        KeyValuePair<string, AggregationFunction>[] added = [.. functions ?? new Dictionary<string, AggregationFunction>()];
        foreach (var (name, function) in added)
        {
            if (function is null)
            {
                throw new ArgumentException(
                    $"The aggregation function of '{name}' is null; leave the name out for the default.", nameof(functions));
            }
        }

        lock (_gate)
        {
            foreach (var (name, function) in added)
            {
                _functions[name] = function;
            }

            _default = defaultFunction ?? _default;
        }
    }

    /// <summary>Takes the metrics of one call, and lets go what was held back if the step is another one.</summary>
    /// <param name="metrics">Numbers, nulls and dictionaries of such; copied.</param>
    /// <param name="step">The step; null is a step of its own.</param>
    /// <returns>The earlier step's metrics, or null if there is nothing to let go.</returns>
    /// <exception cref="ArgumentException">A value is neither a number, nor null, nor a dictionary; nothing was taken.</exception>
    /// <remarks>What an aggregation function throws comes through; the new metrics are held back all the same.</remarks>
    public AggregatedMetrics? Add(IReadOnlyDictionary<string, object?> metrics, long? step)
    {
        var snapshot = MetricConversion.Leaves(metrics, _separator).ToArray();
        lock (_gate)
        {
            if (step == _step)
            {
                _pending.Add(snapshot);
                return null;
            }

            var (earlier, earlierStep) = (_pending, _step);
            (_pending, _step) = ([snapshot], step);
            return Reduce(earlier, earlierStep);
        }
    }

    /// <summary>Lets go what is held back.</summary>
    /// <returns>The metrics, or null if there are none.</returns>
    public AggregatedMetrics? Flush()
    {
        lock (_gate)
        {
            var pending = _pending;
            _pending = [];
            return Reduce(pending, _step);
        }
    }

    /// <summary>Merges dictionaries into one: the values of each name, nulls skipped, become one value by a function.</summary>
    /// <param name="dictionaries">Numbers, nulls and dictionaries of such.</param>
    /// <param name="functions">A function a name; nested names are joined by <c>/</c>.</param>
    /// <param name="defaultFunction">The function of all other names; null is <see cref="Aggregations.Mean"/>.</param>
    /// <returns>Names in the order in which they were first seen; a name whose values are all null is left out.</returns>
    /// <exception cref="ArgumentException">
    /// A name is a number in one place and a dictionary in another, a function is given for a dictionary, or dictionaries are nested deeper
    /// than 32 levels.
    /// </exception>
    public static IReadOnlyDictionary<string, object?> MergeDictionaries(
        IEnumerable<IReadOnlyDictionary<string, object?>> dictionaries,
        IReadOnlyDictionary<string, AggregationFunction>? functions = null,
        AggregationFunction? defaultFunction = null)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        return Merge(
            dictionaries, functions ?? new Dictionary<string, AggregationFunction>(), defaultFunction ?? Aggregations.Mean, "", depth: 0);
    }

    private static OrderedDictionary<string, object?> Merge(
        IEnumerable<IReadOnlyDictionary<string, object?>> dictionaries,
        IReadOnlyDictionary<string, AggregationFunction> functions,
        AggregationFunction defaultFunction,
        string prefix,
        int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException(
                $"'{prefix[..Math.Min(prefix.Length, 80)]}...' is nested deeper than {MaxDepth} levels, or contains itself.",
                nameof(dictionaries));
        }

        var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        var entries = dictionaries.SelectMany(dictionary => dictionary).Where(entry => entry.Value is not null);
        foreach (var group in entries.GroupBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var path = prefix + group.Key;
            var nested = group.Select(entry => AsNested(entry.Value)).OfType<IReadOnlyDictionary<string, object?>>().ToList();
            if (nested.Count == 0)
            {
                var values = group.Select(entry => MetricConversion.ToDouble(path, entry.Value!)).ToList();
                merged[group.Key] = functions.GetValueOrDefault(path, defaultFunction)(values);
                continue;
            }

            if (nested.Count < group.Count() || functions.ContainsKey(path))
            {
                throw new ArgumentException(
                    $"'{path}' is a dictionary, and also a number or the name of an aggregation function; it can be one of these.",
                    nameof(dictionaries));
            }

            merged[group.Key] = Merge(nested, functions, defaultFunction, path + DefaultSeparator, depth + 1);
        }

        return merged;
    }

    private static IReadOnlyDictionary<string, object?>? AsNested(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> nested => nested,
        IReadOnlyDictionary<string, double> numbers => numbers.ToDictionary(entry => entry.Key, entry => (object?)entry.Value),
        IDictionary other => other.Keys.Cast<object>().ToDictionary(HyperparameterValue.InvariantText, key => other[key]),
        _ => null,
    };

    private AggregatedMetrics? Reduce(List<IReadOnlyList<KeyValuePair<string, double?>>> calls, long? step)
    {
        var values = new OrderedDictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var (name, value) in calls.SelectMany(call => call))
        {
            if (!values.TryGetValue(name, out var list))
            {
                values[name] = list = [];
            }

            if (value.HasValue)
            {
                list.Add(value.Value);
            }
        }

        _omittedCount += values.Count(entry => entry.Value.Count == 0);
        var alone = calls.Count == 1;
        Metric[] metrics =
        [
            .. values.Where(entry => entry.Value.Count > 0).Select(entry => new Metric(
                entry.Key, alone ? entry.Value[^1] : _functions.GetValueOrDefault(entry.Key, _default)(entry.Value))),
        ];
        return metrics.Length == 0 ? null : new AggregatedMetrics(metrics, step);
    }
}
