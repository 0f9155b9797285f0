using System.Text.Json;

namespace PluginLoggers.Abstractions.Tests.Golden;

/// <summary>Cases that Lightning 1.5.10 itself executed.</summary>
internal static class GoldenFile
{
    private static readonly Lazy<JsonElement> Root = new(() => JsonDocument.Parse(Bytes("lightning-1.5-aggregation.json")).RootElement);

    public static IEnumerable<JsonElement> Cases(string section) => Root.Value.GetProperty(section).EnumerateArray();

    public static TheoryData<string> Names(string section) => [.. Cases(section).Select(golden => golden.GetProperty("name").GetString()!)];

    public static JsonElement Case(string section, string name) =>
        Cases(section).Single(golden => golden.GetProperty("name").GetString() == name);

    public static byte[] Bytes(string resource)
    {
        using var stream = typeof(GoldenFile).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>JSON as a trainer would have it: dictionaries, numbers, bools, nulls.</summary>
    public static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Dictionary(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        _ => json.GetString(),
    };

    public static Dictionary<string, object?> Dictionary(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null
            ? []
            : json.EnumerateObject().ToDictionary(property => property.Name, property => Value(property.Value));

    public static AggregationFunction? Function(string? name) => name switch
    {
        null => null,
        "mean" => Aggregations.Mean,
        "sum" => Aggregations.Sum,
        "min" => Aggregations.Min,
        "max" => Aggregations.Max,
        "count" => Aggregations.Count,
        "last" => Aggregations.Last,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not in the golden file."),
    };

    /// <summary>Lightning nests the functions as it nests the metrics; here they have joined names.</summary>
    public static Dictionary<string, AggregationFunction> Functions(JsonElement json, string prefix = "") =>
        json.ValueKind != JsonValueKind.Object ? [] : json.EnumerateObject()
            .SelectMany(property => property.Value.ValueKind == JsonValueKind.Object
                ? Functions(property.Value, prefix + property.Name + "/")
                : new Dictionary<string, AggregationFunction> { [prefix + property.Name] = Function(property.Value.GetString())! })
            .ToDictionary();

    /// <summary>
    /// Text in which dictionaries that hold the same are the same, in whatever order Python's sets had them, and 2 is 2.0.
    /// </summary>
    public static string Canonical(object? value) => value switch
    {
        null => "null",
        IEnumerable<KeyValuePair<string, object?>> dictionary =>
            "{"
                + string.Join(", ", dictionary.Select(entry => $"{entry.Key}: {Canonical(entry.Value)}").Order(StringComparer.Ordinal))
                + "}",
        string text => $"'{text}'",
        System.Collections.IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Canonical)) + "]",
        bool flag => flag ? "true" : "false",
        IConvertible number => Math.Round(number.ToDouble(null), 12).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
