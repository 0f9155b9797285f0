using System.Numerics;
using System.Text.Json;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>What is looked at in the JSON, before it is read into a message: null and the empty text count as missing.</summary>
internal static class Required
{
    public static void Fields(OrderedDictionary<string, object?> json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Field(json, name, name);
        }
    }

    /// <summary>The run, by either name.</summary>
    public static void Run(OrderedDictionary<string, object?> json)
    {
        if (json.GetValueOrDefault("run_uuid") is null or "")
        {
            Field(json, "run_id", "run_id");
        }
    }

    /// <summary>A field of each item of a list.</summary>
    public static void Items(OrderedDictionary<string, object?> json, string list, params ReadOnlySpan<string> names)
    {
        foreach (var (i, item) in (json.GetValueOrDefault(list) as List<object?> ?? []).Index())
        {
            foreach (var name in names)
            {
                Field(item as OrderedDictionary<string, object?> ?? [], name, $"{list}[{i}].{name}");
            }
        }
    }

    /// <summary>A text, if it is there.</summary>
    public static void Text(OrderedDictionary<string, object?> json, string name)
    {
        if (json.GetValueOrDefault(name) is { } value and not string)
        {
            throw Invalid(name, value);
        }
    }

    /// <summary>A number, or a text that is one.</summary>
    public static void Number(OrderedDictionary<string, object?> json, string name)
    {
        if (json.GetValueOrDefault(name) is string text && ReadingStopsAtTheFirstValueThatDoesNotParse.PythonFloat(text) is null)
        {
            throw Invalid(name, text);
        }
    }

    private static void Field(OrderedDictionary<string, object?> json, string name, string shown)
    {
        if (json.GetValueOrDefault(name) is null or "")
        {
            throw ApiException.MissingValue(shown);
        }
    }

    private static ApiException Invalid(string name, object value)
    {
        var (shown, type) = value switch
        {
            string text => (JsonSerializer.Serialize(text), "str"),
            bool flag => (flag ? "true" : "false", "bool"),
            BigInteger integer => (integer.ToString(null, null), "int"),
            double real => (JsonSerializer.Serialize(real), "float"),
            List<object?> => ("[...]", "list"),
            _ => ("{...}", "dict"),
        };
        return ApiException.Invalid(
            $"Invalid value {shown} for parameter '{name}' supplied:  Hint: Value was of type '{type}'. See the API docs for more information about request parameters.");
    }
}
