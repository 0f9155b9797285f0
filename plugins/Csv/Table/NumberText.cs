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

    private const ulong TenTo8 = 100_000_000;

    /// <summary>Eight times the character 0.</summary>
    private const ulong Zeros = 0x3030303030303030;

    /// <summary>Writes a double, and returns the length. <paramref name="target"/> has room for <see cref="MaxLength"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(double value, Span<byte> target) =>
        ShortestDecimal.TryFind(value, out var first16, out var last, out var exponent)
            ? Write(value, new DigitVector(first16, last), exponent, target)
            : WriteOther(value, target);

    /// <summary>Writes a step, and returns the length. <paramref name="target"/> has room for <see cref="MaxLength"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(long step, Span<byte> target)
    {
        if ((ulong)step >= TenTo8)
        {
            return WriteOther(step, target);
        }

        // All zeros before the first digit are shifted out; of 0 itself, one is left.
        var digits = EightDigits((ulong)step);
        var zeros = BitOperations.TrailingZeroCount(digits | (1UL << 56)) & ~7;
        BinaryPrimitives.WriteUInt64LittleEndian(target, (digits | Zeros) >> zeros);
        return 8 - (zeros >> 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write(double value, DigitVector digits, int exponent, Span<byte> target)
    {
        target[0] = (byte)'-';
        var sign = (int)(BitConverter.DoubleToUInt64Bits(value) >> 63);
        target = target.Slice(sign, MaxLength - 1);
        var layouts = PlainLayout.All;
        var layout = (uint)(exponent - PlainLayout.Smallest);
        return sign + (layout < (uint)layouts.Length
            ? layouts[layout].Write(digits, target)
            : WriteExponential(digits, exponent, target));
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

        var first16 = ShortestDecimal.Ask(value, out var last, out var exponent);
        return Write(value, new DigitVector(first16, last), exponent, target);
    }

    /// <summary>A step that is negative, or long.</summary>
    private static int WriteOther(long step, Span<byte> target)
    {
        step.TryFormat(target, out var length, provider: CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>One digit before the point, and an exponent of at least two digits, as Python writes them.</summary>
    private static int WriteExponential(DigitVector digits, int exponent, Span<byte> target)
    {
        var length = PlainLayout.All[-PlainLayout.Smallest].Write(digits, target);
        length = digits.TrailingZeros == DigitVector.Count - 1 ? 1 : length;
        target[length++] = (byte)'e';
        target[length++] = (byte)(exponent < 0 ? '-' : '+');
        var (hundreds, rest) = Math.DivRem(Math.Abs(exponent), 100);
        if (hundreds > 0)
        {
            target[length++] = (byte)('0' + hundreds);
        }

        target[length++] = (byte)('0' + (rest / 10));
        target[length++] = (byte)('0' + (rest % 10));
        return length;
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
