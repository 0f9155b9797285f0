using System.Diagnostics.CodeAnalysis;

namespace PluginLoggers;

/// <summary>Flattens hyperparameters: nested names are joined, and every value becomes one that all backends know.</summary>
/// <remarks>
/// <para>What has names inside is flattened: dictionaries, JSON objects, records and plain objects by their public properties
/// (<c>optimizer/lr</c>), and lists that hold any of these (<c>layers/0/units</c>). A list of plain values becomes one text,
/// <c>[1, 2, 3]</c>. What has no names inside vanishes if it is an empty dictionary, and is its text otherwise. Where two names meet, the
/// later one wins.</para>
/// <para>Numbers become <see cref="long"/> or <see cref="double"/> (a <see cref="float"/> by its shortest text: 0.1f is 0.1), dates
/// ISO 8601, enums and types their names; the culture changes nothing.</para>
/// </remarks>
public static class Hyperparameters
{
    internal const string ReflectionMessage =
        "The public properties of the object are read by reflection; trimming removes those that nothing else uses. "
        + "Pass a dictionary instead.";

    /// <summary>Flattens a dictionary and what is nested in it.</summary>
    /// <param name="hyperparams">
    /// Names and values. In a trimmed program, objects among the values are shown as their text: their properties may be gone.
    /// </param>
    /// <param name="separator">What joins names.</param>
    /// <returns>
    /// A new dictionary, in order; values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The dictionary is nested deeper than 32 levels, contains itself, holds more than 100,000 values, or a property throws.
    /// </exception>
    public static IReadOnlyDictionary<string, object?> Flatten(IReadOnlyDictionary<string, object?> hyperparams, string separator = "/")
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        ArgumentNullException.ThrowIfNull(separator);
        if (ObjectProperties.IsSupported)
        {
            return new HyperparameterFlattener(separator, ObjectProperties.Read).Flatten(hyperparams);
        }

        return new HyperparameterFlattener(separator, properties: null).Flatten(hyperparams);
    }

    /// <summary>Flattens a record, a plain object or a dictionary of any kind, and what is nested in it.</summary>
    /// <param name="hyperparams">The object; its public properties are the names.</param>
    /// <param name="separator">What joins names.</param>
    /// <returns>As <see cref="Flatten"/>.</returns>
    /// <exception cref="ArgumentException">As <see cref="Flatten"/>; or the object is a plain value, which has no names.</exception>
    [RequiresUnreferencedCode(ReflectionMessage)]
    public static IReadOnlyDictionary<string, object?> FlattenObject(object hyperparams, string separator = "/")
    {
        ArgumentNullException.ThrowIfNull(hyperparams);
        ArgumentNullException.ThrowIfNull(separator);
        return new HyperparameterFlattener(separator, ObjectProperties.Read).Flatten(hyperparams);
    }
}
