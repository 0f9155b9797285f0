namespace PluginLoggers.Csv.Hparams;

/// <summary>Flat names as the tree that they describe: <c>optimizer/lr</c> is <c>lr</c> in <c>optimizer</c>.</summary>
/// <remarks>
/// A tree and its flat names say the same: what is read back from a file, and added to, is the tree that was never written. For that the
/// order is that of first appearance, and a value that comes again changes nothing but the value.
/// </remarks>
internal sealed class HyperparameterTree
{
    /// <summary>
    /// How deep a tree becomes; in a name with more slashes, the others are part of the last name. Readers of YAML recurse.
    /// </summary>
    private const int MaxDepth = 32;

    private readonly OrderedDictionary<string, HyperparameterTree> _children = new(StringComparer.Ordinal);

    /// <summary>How many values there are in it.</summary>
    public int Count => (HasValue ? 1 : 0) + _children.Values.Sum(child => child.Count);

    public bool HasValue { get; private set; }

    /// <summary>Null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public object? Value { get; private set; }

    public bool HasChildren => _children.Count > 0;

    public IEnumerable<KeyValuePair<string, HyperparameterTree>> Children => _children;

    /// <summary>Whether the names are 0, 1, 2 and so on, as those of a list are.</summary>
    public bool IsList => _children.Count > 0 && _children.Index().All(child =>
        child.Item.Key == child.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) && !child.Item.Value.IsAmbiguous);

    /// <summary>Whether a name has a value and is the beginning of other names as well: then these stay flat.</summary>
    public bool IsAmbiguous => HasValue && HasChildren;

    public void Set(string name, object? value)
    {
        var node = this;
        var segments = name.Split('/', MaxDepth);
        foreach (var segment in segments)
        {
            if (!node._children.TryGetValue(segment, out var child))
            {
                node._children.Add(segment, child = new HyperparameterTree());
            }

            node = child;
        }

        (node.HasValue, node.Value) = (true, value);
    }
}
