using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>Hyperparameters as the HPARAMS tab can show them: bool, number or text.</summary>
internal static class HparamsValues
{
    /// <summary>The largest integer up to which a double holds every one.</summary>
    private const long ExactInteger = 1L << 53;

    public static Value ToValue(object? value) => value switch
    {
        bool flag => Value.ForBool(flag),
        long and (> ExactInteger or < -ExactInteger) => Value.ForString(((long)value).ToString(CultureInfo.InvariantCulture)),
        long number => Value.ForNumber(number),

        // The tab drops a number that is not finite, and fails on a null.
        double number when double.IsFinite(number) => Value.ForNumber(number),
        double number => Value.ForString(number.ToString(CultureInfo.InvariantCulture)),
        null => Value.ForString("None"),
        IFormattable other => Value.ForString(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Value.ForString(value.ToString() ?? ""),
    };

    /// <summary>The value as a trainer would give it: a number without a fraction is an integer, as the format knows none.</summary>
    public static object? FromValue(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue => IsExactInteger(value.NumberValue) ? (long)value.NumberValue : value.NumberValue,
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.StructValue or Value.KindOneofCase.ListValue => value.ToString(),
        _ => null,
    };

    public static HParamType TypeOf(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => HParamType.DataTypeBool,
        Value.KindOneofCase.NumberValue => HParamType.DataTypeFloat64,
        _ => HParamType.DataTypeString,
    };

    private static bool IsExactInteger(double number) =>
        double.IsInteger(number) && Math.Abs(number) <= ExactInteger && (number != 0 || !double.IsNegative(number));

    /// <summary>The same for the same names and values in any order.</summary>
    public static uint Checksum(IEnumerable<KeyValuePair<string, Value>> hparams)
    {
        var sum = 0u;
        foreach (var (name, value) in hparams)
        {
            sum += MaskedCrc32C.Compute(new SessionStartInfo { Hparams = { [name] = value } }.ToByteArray());
        }

        return sum;
    }
}
