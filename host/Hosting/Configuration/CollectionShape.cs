using System.Collections;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>How a list or a dictionary is made for a property of some type.</summary>
internal static class CollectionShape
{
    /// <summary>The type of the elements, if the type is an array or a list of some kind.</summary>
    /// <param name="type">The type.</param>
    public static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        }

        return type == typeof(string) || KeyAndValueOf(type) is not null ? null : ArgumentsOf(type, typeof(IEnumerable<>))?[0];
    }

    /// <summary>The types of keys and values, if the type is a dictionary of some kind.</summary>
    /// <param name="type">The type.</param>
    public static (Type Key, Type Value)? KeyAndValueOf(Type type) =>
        (ArgumentsOf(type, typeof(IDictionary<,>)) ?? ArgumentsOf(type, typeof(IReadOnlyDictionary<,>))) is [var key, var value]
            ? (key, value)
            : null;

    /// <summary>A collection that a property of the type can hold, or null if none is known.</summary>
    /// <param name="type">The property's type.</param>
    /// <param name="element">The type of its elements.</param>
    /// <param name="elements">The elements.</param>
    public static object? CreateList(Type type, Type element, IReadOnlyList<object?> elements)
    {
        var array = Array.CreateInstance(element, elements.Count);
        for (var index = 0; index < elements.Count; index++)
        {
            array.SetValue(elements[index], index);
        }

        if (type.IsAssignableFrom(array.GetType()) && (type.IsArray || IsReadOnlyView(type)))
        {
            return array;
        }

        foreach (var candidate in (ReadOnlySpan<Type>)[typeof(List<>), typeof(HashSet<>)])
        {
            var constructed = candidate.MakeGenericType(element);
            if (type.IsAssignableFrom(constructed))
            {
                return Activator.CreateInstance(constructed, array);
            }
        }

        return type is { IsAbstract: false } && type.GetConstructor([typeof(IEnumerable<>).MakeGenericType(element)]) is { } constructor
            ? constructor.Invoke([array])
            : null;
    }

    /// <summary>An empty dictionary that a property of the type can hold, or null if none is known.</summary>
    /// <param name="type">The property's type.</param>
    /// <param name="key">The type of the keys.</param>
    /// <param name="value">The type of the values.</param>
    public static IDictionary? CreateDictionary(Type type, Type key, Type value)
    {
        var usual = typeof(Dictionary<,>).MakeGenericType(key, value);
        if (type.IsAssignableFrom(usual))
        {
            // Names of a configuration have no case, and so have theirs.
            object?[] arguments = key == typeof(string) ? [StringComparer.OrdinalIgnoreCase] : [];
            return (IDictionary?)Activator.CreateInstance(usual, arguments);
        }

        return type is { IsAbstract: false } && type.GetConstructor([]) is { } constructor ? constructor.Invoke([]) as IDictionary : null;
    }

    private static bool IsReadOnlyView(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(IEnumerable<>) || definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>));

    private static Type[]? ArgumentsOf(Type type, Type definition)
    {
        Type[] candidates = [type, .. type.GetInterfaces()];
        return Array.Find(candidates, candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition)
            ?.GetGenericArguments();
    }
}
