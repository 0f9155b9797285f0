using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace PluginLoggers;

/// <summary>Reads the public properties of records and plain objects.</summary>
internal static class ObjectProperties
{
    /// <summary>Names and values in the order of declaration, base classes first; null for a type of the framework, which is a value.</summary>
    [RequiresUnreferencedCode(Hyperparameters.ReflectionMessage)]
    public static IEnumerable<(string Name, object? Value)>? Read(object value)
    {
        var type = value.GetType();
        return type.Namespace is "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true
            ? null
            : type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Select(property => (property.Name, property.GetValue(value)));
    }
}
