using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginLoggers;

/// <summary>One walk through nested hyperparameters, depth first.</summary>
/// <param name="separator">What joins names.</param>
/// <param name="properties">
/// Reads the properties of an object, or says by null that it is a value; null where objects cannot be read.
/// </param>
internal sealed class HyperparameterFlattener(string separator, Func<object, IReadOnlyList<(string Name, object? Value)>?>? properties)
{
    private const int MaxDepth = 32;
    private const int MaxCount = 100_000;

    private readonly OrderedDictionary<string, object?> _flat = new(StringComparer.Ordinal);
    private int _visited;

    public IReadOnlyDictionary<string, object?> Flatten(object root)
    {
        var children = Children("", root, depth: 0)
            ?? throw new ArgumentException(
                $"Hyperparameters have names; a {root.GetType()} has none. Pass a dictionary, a record or an object.");
        foreach (var (name, child) in children)
        {
            Visit(name, child, depth: 1);
        }

        return _flat;
    }

    private void Visit(string path, object? value, int depth)
    {
        if (++_visited > MaxCount)
        {
            throw new ArgumentException(
                $"There are more than {MaxCount} hyperparameters, the last of them '{Shortened(path)}'. Is a whole model among them?");
        }

        if (value is not null && Children(path, value, depth) is { } children)
        {
            foreach (var (name, child) in children)
            {
                Visit(path + separator + name, child, depth + 1);
            }

            return;
        }

        // Where names meet, the later one counts, and its place is the later one: remove first.
        _flat.Remove(path);
        _flat.Add(path, HyperparameterValue.Plain(value));
    }

    /// <summary>What lies inside a value, or null if it is one that is shown as it is.</summary>
    private IEnumerable<(string Name, object? Value)>? Children(string path, object value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"Hyperparameter '{Shortened(path)}' is nested deeper than {MaxDepth} levels, or contains itself.");
        }

        return value switch
        {
            string or Type or Delegate => null,
            JsonNode node => Children(path, JsonElement.Parse(node.ToJsonString()), depth),
            JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject()
                .Select(property => (property.Name, (object?)property.Value)),
            IEnumerable<KeyValuePair<string, object?>> named => named.Select(entry => (entry.Key, entry.Value)),
            IDictionary dictionary => Entries(dictionary),
            _ when HyperparameterValue.Items(value) is { } items => Positions(path, items, depth),
            _ when HyperparameterValue.IsPlain(value) => null,
            _ => properties?.Invoke(value),
        };
    }

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return (HyperparameterValue.InvariantText(entry.Key), entry.Value);
        }
    }

    /// <summary>A list is names by position if something inside it has names, or if it is all there is; otherwise it is a value.</summary>
    private IEnumerable<(string Name, object? Value)>? Positions(string path, IEnumerable<object?> items, int depth)
    {
        var list = items.Take(MaxCount + 1).ToList();
        if (list.Count > MaxCount)
        {
            throw new ArgumentException($"Hyperparameter '{Shortened(path)}' is a list of more than {MaxCount} items.");
        }

        return depth == 0 || list.Exists(HasNames)
            ? list.Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item))
            : null;

        bool HasNames(object? item) =>
            item is not null && !HyperparameterValue.IsPlain(item) && Children(path, item, depth + 1) is not null;
    }

    private static string Shortened(string path) => path.Length > 80 ? path[..80] + "..." : path;
}
