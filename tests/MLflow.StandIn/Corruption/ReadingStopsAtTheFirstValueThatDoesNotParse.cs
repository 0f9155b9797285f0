using System.Globalization;
using System.Numerics;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// The server fills a message in the order of the JSON text, and when a value does not fit its field, it stops and carries on with what it
/// has, status 200: the value is the default of its type, and everything after it is lost.
/// </summary>
internal static class ReadingStopsAtTheFirstValueThatDoesNotParse
{
    private static readonly string[] Statuses = ["", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

    public static Message Read(OrderedDictionary<string, object?> json, Schema schema)
    {
        var message = new Message();
        _ = ReadInto(message, json, schema);
        return message;
    }

    private static bool ReadInto(Message message, OrderedDictionary<string, object?> json, Schema schema)
    {
        foreach (var (name, value) in json)
        {
            var fits = value is null
                || (schema.Lists.TryGetValue(name, out var item) ? ReadList(message.List(name), value, item)
                : schema.Messages.TryGetValue(name, out var part) ? ReadList(message.List(name), new List<object?> { value }, part)
                : !schema.Fields.TryGetValue(name, out var type) || ReadField(message, name, value, type));
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadList(List<Message> list, object value, Schema schema)
    {
        foreach (var item in value as List<object?> ?? [null])
        {
            if (item is not OrderedDictionary<string, object?> json)
            {
                return false;
            }

            list.Add(new Message());
            if (!ReadInto(list[^1], json, schema))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadField(Message message, string name, object value, FieldType type)
    {
        object? read = type switch
        {
            // The only number that is taken for a text.
            FieldType.Text when name == "experiment_id" && value is BigInteger id => id.ToString(CultureInfo.InvariantCulture),
            FieldType.Text => value as string,
            FieldType.Texts => (value as List<object?>)?.OfType<string>().ToList(),
            FieldType.Integer => Integer(value),
            FieldType.Real => Real(value),
            FieldType.Status => value is BigInteger number && number > 0 && number < Statuses.Length ? Statuses[(int)number]
                : value is string text && text.Length > 0 && Statuses.Contains(text) ? text : null,
            _ => null,
        };
        if (read is null)
        {
            return false;
        }

        message[name] = read;
        return true;
    }

    private static long? Integer(object value)
    {
        var number = value switch
        {
            BigInteger integer => integer,
            double real when double.IsInteger(real) => new BigInteger(real),
            string text when BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var it) => it,
            _ => (BigInteger?)null,
        };
        return number >= long.MinValue && number <= long.MaxValue ? (long)number.Value : null;
    }

    private static double? Real(object value) => value switch
    {
        bool flag => flag ? 1.0 : 0.0,
        BigInteger integer => double.IsFinite((double)integer) ? (double)integer : null,
        double real => double.IsFinite(real) ? real : null,
        "nan" => null,
        string text => PythonFloat(text),
        _ => null,
    };

    /// <summary>The case of words does not matter; a number that is too large is infinite.</summary>
    public static double? PythonFloat(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
    };
}
