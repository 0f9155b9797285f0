using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace PluginLoggers.Hosting.Configuration;

/// <content>Lists and dictionaries.</content>
internal sealed partial class OptionsBinder
{
    private const string ListForm = "a list";

    private object? BindList(Type type, Type element, NullabilityInfo? nullability, IConfigurationSection section)
    {
        var list = CollectionShape.CreateList(type, element, ReadElements(element, nullability, section));
        if (list is null)
        {
            mistakes.Add(section.Path, ListForm, $"nothing: the option has the type {type.Name}, which no configuration can give");
        }

        return list;
    }

    private List<object?> ReadElements(Type element, NullabilityInfo? nullability, IConfigurationSection section)
    {
        var elements = new List<object?>();
        if (section.Value is { Length: > 0 } value)
        {
            mistakes.Add(section.Path, ShownValue.Of(section.Path, value), ListForm);
            return elements;
        }

        if (!SectionShape.IsList(section))
        {
            if (section.GetChildren().Any())
            {
                mistakes.Add(section.Path, "an object", ListForm);
            }

            return elements;
        }

        var nullabilityOfElement = nullability?.ElementType ?? (nullability?.GenericTypeArguments is [var only] ? only : null);
        foreach (var child in section.GetChildren().OrderBy(SectionShape.IndexOf))
        {
            if (TryBind(element, nullabilityOfElement, child, out var bound))
            {
                elements.Add(bound);
            }
        }

        return elements;
    }

    private IDictionary? BindDictionary(Type type, Type key, Type value, NullabilityInfo? nullability, IConfigurationSection section)
    {
        var dictionary = CollectionShape.CreateDictionary(type, key, value);
        if (dictionary is null)
        {
            mistakes.Add(section.Path, "an object", $"nothing: the option has the type {type.Name}, which no configuration can give");
            return null;
        }

        FillDictionary(dictionary, key, value, nullability, section);
        return dictionary;
    }

    private void FillDictionary(IDictionary dictionary, Type key, Type value, NullabilityInfo? nullability, IConfigurationSection section)
    {
        if (section.Value is { } text && !(text.Length == 0 && section.GetChildren().Any()))
        {
            mistakes.Add(section.Path, ShownValue.Of(section.Path, text), "an object with names and values");
            return;
        }

        var nullabilityOfValue = nullability?.GenericTypeArguments is [_, var second] ? second : null;
        foreach (var child in section.GetChildren())
        {
            var name = ScalarFormat.Of(key)?.Parse(child.Key);
            if (name is null)
            {
                mistakes.Add(child.Path, $"the name {ShownValue.Of("", child.Key)}", ScalarFormat.Of(key)?.Expected ?? "nothing");
            }
            else if (TryBind(value, nullabilityOfValue, child, out var bound))
            {
                dictionary[name] = bound;
            }
        }
    }

    // A property without a setter holds its object from the start; what is in it is replaced.
    private void FillInPlace(PropertyInfo property, object target, IConfigurationSection section, NullabilityInfo nullability)
    {
        var existing = property.GetValue(target);
        var type = existing?.GetType() ?? property.PropertyType;
        if (existing is null)
        {
            mistakes.Add(section.Path, "a value", "nothing: the option cannot be set");
        }
        else if (existing is IDictionary { IsReadOnly: false } dictionary && CollectionShape.KeyAndValueOf(type) is var (key, value))
        {
            dictionary.Clear();
            FillDictionary(dictionary, key, value, nullability, section);
        }
        else if (CollectionShape.ElementOf(type) is { } element)
        {
            FillListInPlace(existing, element, nullability, section);
        }
        else
        {
            Fill(existing, section);
        }
    }

    private void FillListInPlace(object existing, Type element, NullabilityInfo nullability, IConfigurationSection section)
    {
        var collection = typeof(ICollection<>).MakeGenericType(element);
        if (!collection.IsInstanceOfType(existing) || (bool)collection.GetProperty(nameof(ICollection<>.IsReadOnly))!.GetValue(existing)!)
        {
            mistakes.Add(section.Path, ListForm, "nothing: the list of the option cannot be changed");
            return;
        }

        collection.GetMethod(nameof(ICollection<>.Clear))!.Invoke(existing, null);
        var add = collection.GetMethod(nameof(ICollection<>.Add))!;
        foreach (var item in ReadElements(element, nullability, section))
        {
            add.Invoke(existing, [item]);
        }
    }
}
