using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginLoggers.Csv.Table;

/// <summary>Numbers as cells: the shortest text that reads back as the same number, in every culture.</summary>
/// <remarks>
/// <para>As Python's <c>repr</c> writes a float, which is what Lightning's files hold: <c>0.1</c>, <c>1.0</c>, <c>-0.0</c>, <c>1e-05</c>,
/// <c>1e+16</c>. A whole number keeps its <c>.0</c>, because polars and DuckDB take the type of a column from its first rows, and would
/// refuse a later <c>0.5</c> in one that began with <c>1</c>.</para>
/// <para>Not a number is <c>NaN</c>, where Python says <c>nan</c>: pandas, R and DuckDB read either, polars sees a number in the first
/// only. The infinities are <c>inf</c> and <c>-inf</c>, which all of them read.</para>
/// </remarks>
internal static class NumberText
{
    /// <summary>
    /// The room that a number needs. The longest text has 24 bytes, <c>-2.2250738585072014e-308</c>; more are written and left behind.
    /// </summary>
    public const int MaxLength = 32;

    /// <summary>From here on Python writes an exponent; .NET does from 1e17 on.</summary>
    private const int Exponential = 16;

    private const int SmallestPlain = -4;
    private const int MostDigits = 17;
    private const ulong TenTo8 = 100_000_000;
    private const ulong TenTo16 = TenTo8 * TenTo8;

    /// <summary>Eight times the character 0.</summary>
    private const ulong Zeros = 0x3030303030303030;

    /// <summary>Writes a double, and returns the length. <paramref name="target"/> has room for <see cref="MaxLength"/> bytes.</summary>
    public static int Write(double value, Span<byte> target)
    {
        target = target[..MaxLength];
        return ShortestDecimal.TryFind(value, out var digits, out var exponent)
            ? Write(value < 0, digits, exponent, target)
            : WriteOther(value, target);
    }

    /// <summary>Writes a step, and returns the length.</summary>
    public static int Write(long step, Span<byte> target)
    {
        step.TryFormat(target, out var length, provider: CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>Zero, what is not finite, and the few numbers of which <see cref="ShortestDecimal"/> is not sure.</summary>
    private static int WriteOther(double value, Span<byte> target)
    {
        if (value == 0)
        {
            return Copy(double.IsNegative(value) ? "-0.0"u8 : "0.0"u8, target);
        }

        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? Copy("NaN"u8, target) : Copy(value > 0 ? "inf"u8 : "-inf"u8, target);
        }

        var digits = ShortestDecimal.Ask(value, out var exponent);
        return Write(value < 0, digits, exponent, target);
    }

    /// <summary>Writes 17 digits, times a power of ten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write(bool isNegative, ulong digits, int exponent, Span<byte> target)
    {
        target[0] = (byte)'-';
        var sign = isNegative ? 1 : 0;
        target = target[sign..];

        // One digit, and twice eight, in each of which the lowest byte is the first.
        var first = digits / TenTo16;
        var rest = digits - (first * TenTo16);
        var half = rest / TenTo8;
        var (upper, lower) = (EightDigits(half), EightDigits(rest - (half * TenTo8)));
        var zeros = (lower == 0 ? 64 + BitOperations.LeadingZeroCount(upper) : BitOperations.LeadingZeroCount(lower)) >>> 3;
        var count = MostDigits - zeros;
        (upper, lower, exponent) = (upper | Zeros, lower | Zeros, exponent + MostDigits - 1);
        if (exponent is < 0 and >= SmallestPlain)
        {
            // 0.000
            BinaryPrimitives.WriteUInt64LittleEndian(target, Zeros - (('0' - '.') << 8));
            var start = 1 - exponent;
            target[start] = (byte)('0' + first);
            BinaryPrimitives.WriteUInt64LittleEndian(target[(start + 1)..], upper);
            BinaryPrimitives.WriteUInt64LittleEndian(target[(start + 9)..], lower);
            return sign + start + count;
        }

        target[0] = (byte)('0' + first);
        if (exponent is >= 0 and < 8)
        {
            // The digits before the point stay where they are, those behind it move on by one.
            var before = (1UL << (8 * exponent)) - 1;
            var point = (ulong)'.' << (8 * exponent);
            var behind = (upper << 8) & ~(before | (0xFFUL << (8 * exponent)));
            BinaryPrimitives.WriteUInt64LittleEndian(target[1..], (upper & before) | point | behind);
            target[9] = (byte)(upper >> 56);
            BinaryPrimitives.WriteUInt64LittleEndian(target[10..], lower);
        }
        else
        {
            target[1] = (byte)'.';
            BinaryPrimitives.WriteUInt64LittleEndian(target[2..], upper);
            BinaryPrimitives.WriteUInt64LittleEndian(target[10..], lower);
            if (exponent is < 0 or >= Exponential)
            {
                var length = count == 1 ? 1 : count + 1;
                return sign + length + WriteExponent(target[length..], exponent);
            }

            target.Slice(2, exponent).CopyTo(target[1..]);
            target[exponent + 1] = (byte)'.';
        }

        return sign + Math.Max(count, exponent + 2) + 1;
    }

    /// <summary>At least two digits, as Python writes them.</summary>
    private static int WriteExponent(Span<byte> target, int exponent)
    {
        target[0] = (byte)'e';
        target[1] = (byte)(exponent < 0 ? '-' : '+');
        Math.Abs(exponent).TryFormat(target[2..], out var length, "00", CultureInfo.InvariantCulture);
        return 2 + length;
    }

    /// <summary>
    /// The digits of a number below 10^8 as bytes, the first one lowest: halves, then quarters, then single digits side by side.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(ulong number)
    {
        var half = number / 10_000;
        var halves = half | ((number - (half * 10_000)) << 32);
        var hundreds = ((halves * 10_486) >> 20) & 0x7F_0000_007F;
        var pairs = hundreds | ((halves - (hundreds * 100)) << 16);
        var tens = ((pairs * 103) >> 10) & 0x0F_000F_000F_000F;
        return tens | ((pairs - (tens * 10)) << 8);
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
