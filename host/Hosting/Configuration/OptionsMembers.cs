using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>
/// What of an options type can be set: its public properties with a public setter, and those that hold a collection or an object of their
/// own.
/// </summary>
internal sealed class OptionsMembers
{
    private static readonly ConcurrentDictionary<Type, OptionsMembers> Known = new();

    private readonly List<PropertyInfo> _properties = [];

    private OptionsMembers(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // The most derived comes first, and hides what it replaces.
            if (IsBindable(property) && !_properties.Exists(other => other.Name == property.Name))
            {
                _properties.Add(property);
            }
        }

        Names = [.. _properties.Select(property => property.Name)];
        Required = [.. _properties.Where(IsRequired).Select(property => property.Name)];
    }

    /// <summary>The names of the members, in the order of their declaration.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names of those that the language requires.</summary>
    public IReadOnlyList<string> Required { get; }

    public static OptionsMembers Of(Type type) => Known.GetOrAdd(type, static type => new OptionsMembers(type));

    /// <summary>A property by its name, exactly, or else in any case.</summary>
    /// <param name="name">The name.</param>
    public PropertyInfo? Find(string name) =>
        _properties.Find(property => property.Name == name)
        ?? _properties.Find(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsBindable(PropertyInfo property)
    {
        if (property.GetIndexParameters().Length > 0)
        {
            return false;
        }

        return property.SetMethod is { IsPublic: true }
            || (property.GetMethod is { IsPublic: true } && IsFilledInPlace(property.PropertyType));
    }

    private static bool IsFilledInPlace(Type type) => !type.IsValueType && !type.IsArray && ScalarFormat.Of(type) is null;

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));
}
