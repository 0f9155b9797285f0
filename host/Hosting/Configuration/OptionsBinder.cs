using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>
/// Fills an object from a section, strictly: a name that the object does not have, and a value that is not of its type, is a mistake; all
/// of them are told. A list or a dictionary in the configuration replaces the default one.
/// </summary>
/// <remarks>
/// The binder of Microsoft.Extensions stops at the first mistake, adds to default lists, and takes a bare number for days.
/// </remarks>
/// <param name="mistakes">Where mistakes go.</param>
internal sealed partial class OptionsBinder(MistakeList mistakes)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>Creates an object and fills it. What could not be read has its default.</summary>
    /// <param name="type">
    /// A class with a parameterless constructor; one that cannot be created is a mistake as well, and gives null.
    /// </param>
    /// <param name="section">The section.</param>
    public object? BindObject(Type type, IConfigurationSection section)
    {
        try
        {
            var target = Activator.CreateInstance(type)!;
            Fill(target, section);
            return target;
        }
        catch (Exception exception) when (exception is TargetInvocationException or MemberAccessException or TypeLoadException)
        {
            mistakes.Add(section.Path, $"the plug-in's {type.Name} cannot be used: {Text.OneLine(exception.GetBaseException().Message)}");
            return null;
        }
    }

    private void Fill(object target, IConfigurationSection section)
    {
        var members = OptionsMembers.Of(target.GetType());
        if (section.Value is { } value && !(value.Length == 0 && section.GetChildren().Any()))
        {
            mistakes.Add(section.Path, ShownValue.Of(section.Path, value), $"an object with {Names.Join(members.Names)}");
            return;
        }

        if (SectionShape.IsList(section))
        {
            mistakes.Add(section.Path, "a list", $"an object with {Names.Join(members.Names)}");
            return;
        }

        foreach (var child in section.GetChildren())
        {
            if (members.Find(child.Key) is { } property)
            {
                BindProperty(target, property, child);
            }
            else
            {
                mistakes.AddUnknownName(child.Path, "name", child.Key, members.Names);
            }
        }

        foreach (var missing in members.Required.Where(name => !section.GetChildren().Any(child => Names.Contains([name], child.Key))))
        {
            mistakes.Add($"{section.Path}:{missing}", "nothing", "a value");
        }
    }

    private void BindProperty(object target, PropertyInfo property, IConfigurationSection section)
    {
        if (property.PropertyType == typeof(IConfigurationSection))
        {
            property.SetValue(target, section);
            return;
        }

        var nullability = _nullability.Create(property);
        if (property.SetMethod is not { IsPublic: true })
        {
            FillInPlace(property, target, section, nullability);
        }
        else if (TryBind(property.PropertyType, nullability, section, out var value))
        {
            Set(target, property, value, section);
        }
    }

    /// <summary>Binds any value; false if that gave a mistake.</summary>
    private bool TryBind(Type type, NullabilityInfo? nullability, IConfigurationSection section, out object? value)
    {
        value = null;
        var before = mistakes.Count;
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarFormat.Of(underlying) is { } format)
        {
            return TryBindScalar(format, type, nullability, section, out value);
        }

        if (CollectionShape.KeyAndValueOf(underlying) is var (key, element))
        {
            value = BindDictionary(underlying, key, element, nullability, section);
        }
        else if (CollectionShape.ElementOf(underlying) is { } itemType)
        {
            value = BindList(underlying, itemType, nullability, section);
        }
        else if (underlying.IsValueType || (!underlying.IsAbstract && underlying.GetConstructor([]) is not null))
        {
            value = BindObject(underlying, section);
        }
        else
        {
            mistakes.Add(section.Path, "a value", $"nothing: the option has the type {underlying.Name}, which no configuration can give");
        }

        return mistakes.Count == before;
    }

    private bool TryBindScalar(
        ScalarFormat format, Type type, NullabilityInfo? nullability, IConfigurationSection section, out object? value)
    {
        value = null;
        if (section.GetChildren().Any())
        {
            mistakes.Add(section.Path, SectionShape.Describe(section), format.Expected);
            return false;
        }

        var isNullable = Nullable.GetUnderlyingType(type) is not null;
        if (section.Value is not { } text || (text.Length == 0 && isNullable))
        {
            if (isNullable || (!type.IsValueType && nullability?.WriteState is not NullabilityState.NotNull))
            {
                return true;
            }

            mistakes.Add(section.Path, "null", format.Expected);
            return false;
        }

        value = format.Parse(text);
        if (value is null)
        {
            var nearest = EnumFormat.Nearest(Nullable.GetUnderlyingType(type) ?? type, text);
            mistakes.Add(section.Path, ShownValue.Of(section.Path, text), format.Expected, nearest);
        }

        return value is not null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A setter is the plug-in's code; what it refuses is a mistake like any other.")]
    private void Set(object target, PropertyInfo property, object? value, IConfigurationSection section)
    {
        try
        {
            property.SetValue(target, value);
        }
        catch (TargetInvocationException exception)
        {
            var reason = exception.GetBaseException().Message;
            var shown = SecretNames.IsSecret(section.Path) ? "a value that it accepts" : Text.OneLine(ShownValue.WithoutSecrets(reason));
            mistakes.Add(section.Path, section.Value is null ? "a value" : ShownValue.Of(section.Path, section.Value), shown);
        }
    }
}
