using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PluginLoggers;

/// <summary>Flattens hyperparameters: nested names are joined, and every value becomes one that all backends know.</summary>
public static class Hyperparameters
{
    internal const string ReflectionMessage =
        "The public properties of the object are read by reflection; trimming removes those that nothing else uses. Pass a dictionary instead.";

    private const int MaxDepth = 32;

    /// <summary>Flattens nested dictionaries and lists.</summary>
    /// <param name="hyperparams">
    /// Values may be null, numbers, <see cref="bool"/>, <see cref="string"/>, enums, dates, types, dictionaries, and lists. A dictionary's
    /// names are joined to its own (<c>optimizer/lr</c>); a list that holds dictionaries becomes <c>layers/0/units</c>; a list of
    /// plain values becomes one text, <c>[1, 2, 3]</c>. An empty dictionary vanishes. Where two names meet, the later one wins.
    /// </param>
    /// <param name="separator">What joins names.</param>
    /// <returns>A new dictionary, in order; values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</returns>
    /// <exception cref="ArgumentException">The dictionary is nested deeper than 32 levels, or contains itself.</exception>
    public static IReadOnlyDictionary<string, object?> Flatten(IReadOnlyDictionary<string, object?> hyperparams, string separator = "/")
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        return Flattened(hyperparams, separator, properties: null);
    }

    /// <summary>Flattens a record, a plain object or a dictionary, objects inside it included.</summary>
    /// <param name="hyperparams">The object; its public properties are the names.</param>
    /// <param name="separator">What joins names.</param>
    /// <returns>As <see cref="Flatten"/>.</returns>
    /// <exception cref="ArgumentException">The object is a plain value, is nested deeper than 32 levels, or contains itself.</exception>
    [RequiresUnreferencedCode(ReflectionMessage)]
    public static IReadOnlyDictionary<string, object?> FlattenObject(object hyperparams, string separator = "/")
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        if (IsPlain(hyperparams))
        {
            throw new ArgumentException(
                $"Hyperparameters have names; a {hyperparams.GetType()} has none. Pass a dictionary, a record or an object.", nameof(hyperparams));
        }

        return Flattened(hyperparams, separator, ObjectProperties.Read);
    }

    private static OrderedDictionary<string, object?> Flattened(object root, string separator, Func<object, IEnumerable<(string, object?)>?>? properties)
    {
        var flat = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        Descend("", root, depth: 0);
        return flat;

        void Descend(string path, object? value, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new ArgumentException($"Hyperparameter '{path[..Math.Min(path.Length, 80)]}' is nested deeper than {MaxDepth} levels, or contains itself.");
            }

            if (Children(value, isRoot: depth == 0) is { } children)
            {
                foreach (var (name, child) in children)
                {
                    Descend(depth == 0 ? name : path + separator + name, child, depth + 1);
                }

                return;
            }

            // The position is that of the last one, too: remove first.
            flat.Remove(path);
            flat.Add(path, Plain(value));
        }

        IEnumerable<(string Name, object? Value)>? Children(object? value, bool isRoot) => value switch
        {
            null or string or Type or Delegate => null,
            IReadOnlyDictionary<string, object?> dictionary => dictionary.Select(entry => (entry.Key, entry.Value)),
            IDictionary dictionary => dictionary.Cast<DictionaryEntry>().Select(entry => (InvariantText(entry.Key), entry.Value)),
            IEnumerable list when isRoot || HoldsDictionaries(list) => list.Cast<object?>().Select((item, index) =>
                (index.ToString(CultureInfo.InvariantCulture), item)),
            IEnumerable => null,
            _ when IsPlain(value) => null,
            _ => properties?.Invoke(value),
        };

        bool HoldsDictionaries(IEnumerable list) => list.Cast<object?>().Any(item =>
            item is not null && !IsPlain(item) && (item is IDictionary or IReadOnlyDictionary<string, object?> || (item is not IEnumerable && properties is not null)));
    }

    private static bool IsPlain(object value) =>
        value is string or Type or Delegate or IFormattable or bool or Uri or Version || value.GetType().IsPrimitive || value.GetType().IsEnum;

    private static object? Plain(object? value) => value switch
    {
        null or bool or long or double or string => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),

        // The shortest text of a float, not its widened bits: 0.1f is 0.1 to whoever wrote it.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        Half number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        decimal number => (double)number,
        Type type => type.FullName ?? type.Name,
        Delegate function => function.Method.Name,
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(item => InvariantText(Plain(item)))) + "]",
        _ => InvariantText(value),
    };

    private static string InvariantText(object? value) => value switch
    {
        null => "None",
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        Enum => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
