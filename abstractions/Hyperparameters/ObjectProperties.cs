using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace PluginLoggers;

/// <summary>Reads the public properties of records and plain objects.</summary>
internal static class ObjectProperties
{
    /// <summary>
    /// Whether objects inside a dictionary may be read: true, but a trimmer, which takes their properties away, writes false here.
    /// </summary>
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
#pragma warning disable IL4000 // The analyser wants the answer derived from something; here the trimmer itself is what it depends on.
    public static bool IsSupported => true;
#pragma warning restore IL4000

    /// <summary>
    /// Names and values in the order of declaration, base classes first; null for what is a value: a type of the framework, or one without
    /// public properties.
    /// </summary>
    /// <exception cref="ArgumentException">A property throws.</exception>
    [RequiresUnreferencedCode(Hyperparameters.ReflectionMessage)]
    public static IReadOnlyList<(string Name, object? Value)>? Read(object value)
    {
        var type = value.GetType();
        if (type.Namespace is "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true)
        {
            return null;
        }

        (string, object?)[] properties =
        [
            .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0)
                .Where(property => !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer)
                .OrderBy(property => Depth(property.DeclaringType))
                .Select(property => (property.Name, Get(property, value))),
        ];
        return properties.Length > 0 ? properties : null;
    }

    private static object? Get(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException failure)
        {
            throw new ArgumentException(
                $"Property {property.DeclaringType?.Name}.{property.Name} cannot be logged as a hyperparameter: "
                + $"reading it throws {failure.InnerException?.GetType().Name}.",
                failure.InnerException);
        }
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
