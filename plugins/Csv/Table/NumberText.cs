using System.Globalization;

namespace PluginLoggers.Csv.Table;

/// <summary>Numbers as cells: the shortest text that reads back as the same number, in every culture.</summary>
/// <remarks>
/// <para>As Python's <c>repr</c> writes a float, which is what Lightning's files hold: <c>0.1</c>, <c>1.0</c>, <c>-0.0</c>, <c>1e-05</c>,
/// <c>1e+16</c>. A whole number keeps its <c>.0</c>, because polars and DuckDB take the type of a column from its first rows, and would
/// refuse a
/// later <c>0.5</c> in one that began with <c>1</c>.</para>
/// <para>Not a number is <c>NaN</c>, where Python says <c>nan</c>: pandas, R and DuckDB read either, polars sees a number in the first
/// only.
/// The infinities are <c>inf</c> and <c>-inf</c>, which all of them read.</para>
/// </remarks>
internal static class NumberText
{
    /// <summary>The longest text: <c>-2.2250738585072014e-308</c>.</summary>
    public const int MaxLength = 24;

    /// <summary>From here on Python writes an exponent; .NET does from 1e17 on.</summary>
    private const double Exponential = 1e16;

    /// <summary>Writes a double, and returns the length. <paramref name="target"/> has room for <see cref="MaxLength"/> bytes.</summary>
    public static int Write(double value, Span<byte> target)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < Exponential)
        {
            return value == Math.Truncate(value) ? WriteWhole(value, target) : WriteFraction(value, magnitude, target);
        }

        return double.IsFinite(value) ? WriteLarge(value, magnitude, target)
            : double.IsNaN(value) ? Copy("NaN"u8, target)
            : Copy(value > 0 ? "inf"u8 : "-inf"u8, target);
    }

    /// <summary>Writes a step, and returns the length.</summary>
    public static int Write(long step, Span<byte> target)
    {
        step.TryFormat(target, out var length, provider: CultureInfo.InvariantCulture);
        return length;
    }

    private static int WriteWhole(double value, Span<byte> target)
    {
        if (value == 0 && double.IsNegative(value))
        {
            return Copy("-0.0"u8, target);
        }

        var length = Write((long)value, target);
        return length + Copy(".0"u8, target[length..]);
    }

    private static int WriteFraction(double value, double magnitude, Span<byte> target)
    {
        var length = Shortest(value, target);
        return magnitude < 1e-4 ? LowerExponent(target, length) : length;
    }

    private static int WriteLarge(double value, double magnitude, Span<byte> target)
    {
        var length = Shortest(value, target);
        if (magnitude >= 10 * Exponential)
        {
            return LowerExponent(target, length);
        }

        // Seventeen digits, the last of them perhaps zeros that stand for the magnitude only: 12000000000000000 is 1.2e+16.
        var first = target[0] == '-' ? 2 : 1;
        var digits = target[first..length].TrimEnd((byte)'0').Length;
        if (digits > 0)
        {
            target.Slice(first, digits).CopyTo(target[(first + 1)..]);
            target[first] = (byte)'.';
            digits++;
        }

        return first + digits + Copy("e+16"u8, target[(first + digits)..]);
    }

    private static int Shortest(double value, Span<byte> target)
    {
        value.TryFormat(target, out var length, format: default, CultureInfo.InvariantCulture);
        return length;
    }

    private static int LowerExponent(Span<byte> target, int length)
    {
        target[..length].Replace((byte)'E', (byte)'e');
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
