using System.ComponentModel;
using System.Globalization;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>How a text of the configuration becomes a value of a type, always in the invariant culture.</summary>
/// <param name="Expected">What is expected, for a message.</param>
/// <param name="Parse">Gives the value, or null if the text is none.</param>
internal sealed record ScalarFormat(string Expected, Func<string, object?> Parse)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, ScalarFormat> Known = new()
    {
        [typeof(string)] = new("a text", text => text),
        [typeof(object)] = new("a value", text => text),
        [typeof(bool)] = new("true or false", text => bool.TryParse(text, out var value) ? value : null),
        [typeof(char)] = new("one character", text => text.Length == 1 ? text[0] : null),
        [typeof(byte)] = Whole<byte>(),
        [typeof(sbyte)] = Whole<sbyte>(),
        [typeof(short)] = Whole<short>(),
        [typeof(ushort)] = Whole<ushort>(),
        [typeof(int)] = Whole<int>(),
        [typeof(uint)] = Whole<uint>(),
        [typeof(long)] = Whole<long>(),
        [typeof(ulong)] = Whole<ulong>(),
        [typeof(float)] = new("a number", text => float.TryParse(text, NumberStyles.Float, Culture, out var value) ? value : null),
        [typeof(double)] = new("a number", text => double.TryParse(text, NumberStyles.Float, Culture, out var value) ? value : null),
        [typeof(decimal)] = new("a number", text => decimal.TryParse(text, NumberStyles.Float, Culture, out var value) ? value : null),
        // A bare number would be days, and so would be hours of 24 and more, which nobody means.
        [typeof(TimeSpan)] = new(
            "a time such as 00:00:08, or 1.00:00:00 for a day",
            text => text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, Culture, out var value)
                && (value.Days == 0 || text.Split(':')[0].Contains('.', StringComparison.Ordinal))
                    ? value
                    : null),
        [typeof(DateTimeOffset)] = new(
            "a date such as 2026-01-31T12:00:00Z",
            text => DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out var value) ? value : null),
        [typeof(DateTime)] = new(
            "a date such as 2026-01-31T12:00:00Z",
            text => DateTime.TryParse(text, Culture, DateTimeStyles.RoundtripKind, out var value) ? value : null),
        [typeof(Guid)] = new("a GUID", text => Guid.TryParse(text, Culture, out var value) ? value : null),
        [typeof(Uri)] = new(
            "an absolute URI such as http://127.0.0.1:5000", text => Uri.TryCreate(text, UriKind.Absolute, out var value) ? value : null),
        [typeof(Version)] = new("a version such as 1.2.3", text => Version.TryParse(text, out var value) ? value : null),
    };

    /// <summary>The format of a type, or null if its values are no texts.</summary>
    /// <param name="type">The type, not a nullable one.</param>
    public static ScalarFormat? Of(Type type)
    {
        if (Known.TryGetValue(type, out var format))
        {
            return format;
        }

        return type.IsEnum ? EnumFormat.Of(type) : OfConverter(type);
    }

    private static ScalarFormat? OfConverter(Type type)
    {
        // Only a converter that the type names itself: asking for one of a collection gives one that cannot.
        if (!type.IsDefined(typeof(TypeConverterAttribute), inherit: true))
        {
            return null;
        }

        var converter = TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string)) ? new ScalarFormat($"a {type.Name}", text => Convert(converter, text)) : null;
    }

    private static object? Convert(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return null;
        }
    }

    private static ScalarFormat Whole<T>()
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T> => new(
            string.Create(Culture, $"a whole number from {T.MinValue} to {T.MaxValue}"),
            text => T.TryParse(text, NumberStyles.Integer, Culture, out var value) ? value : null);
}
