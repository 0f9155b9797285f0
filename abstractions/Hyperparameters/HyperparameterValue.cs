using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginLoggers;

/// <summary>
/// Brings one value into a form that all backends know: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or
/// <see cref="string"/>.
/// </summary>
internal static class HyperparameterValue
{
    /// <summary>Whether a value is one by its type: its properties, if it has any, are not what it is about.</summary>
    public static bool IsPlain(object value) =>
        value is string or Type or Delegate or IFormattable or bool or Uri or Version
        || value.GetType().IsPrimitive || value.GetType().IsEnum;

    public static object? Plain(object? value) => value switch
    {
        null or bool or long or double or string => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),

        // The shortest text of a float, not its widened bits: 0.1f is 0.1 to whoever wrote it.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        Half number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        decimal number => (double)number,
        JsonElement json => Plain(json),
        JsonValue json => Plain(JsonElement.Parse(json.ToJsonString())),
        Type type => type.FullName ?? type.Name,
        Delegate function => function.Method.Name,
        _ => Items(value) is { } items ? ListText(items) : InvariantText(value),
    };

    /// <summary>The items of a list or a tuple; null for anything else.</summary>
    public static IEnumerable<object?>? Items(object value) => value switch
    {
        string => null,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]),
        JsonElement { ValueKind: JsonValueKind.Array } json => json.EnumerateArray().Select(item => (object?)item),
        IEnumerable list => list.Cast<object?>(),
        _ => null,
    };

    public static string InvariantText(object? value) => value switch
    {
        null => "None",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        Enum => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string ListText(IEnumerable<object?> items) =>
        "[" + string.Join(", ", items.Select(item => InvariantText(Plain(item)))) + "]";

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.Array => ListText(json.EnumerateArray().Select(item => (object?)item)),
        _ => json.ToString(),
    };
}
