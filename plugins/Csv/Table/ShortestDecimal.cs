using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace PluginLoggers.Csv.Table;

/// <summary>The shortest decimal that reads back as the same double, and of those of its length the closest.</summary>
/// <remarks>
/// <para>The idea is that of Raffaele Giulietti, <see href="https://drive.google.com/file/d/1IEeATSVnEE6TkrHlCYNY2GjaraBjOT4f">The
/// Schubfach way to render doubles</see>: a double is <c>c · 2^q</c>, and the unit 10^k is chosen so that neighbours are a tenth of it to
/// one apart. Then the numbers that read back as this one are an interval of less than one unit around it: at most one whole number of
/// units lies in there, which is the shortest; without one, it is the nearest tenth of a unit.</para>
/// <para>Here one product of 53 and 128 bits decides: what it gives is less than 2^-63 units too small. Where that could matter (the double
/// lies that near to a border, or half way between two tenths), and for the few doubles below 2.3e-308, the answer is left to the
/// runtime, which takes ten times as long.</para>
/// </remarks>
internal static class ShortestDecimal
{
    private const int FractionBits = 52;
    private const int ExponentMask = 0x7FF;
    private const ulong TenTo15 = 1_000_000_000_000_000;

    // What is too near to be sure: in 2^-64 units, and in 2^-60 tenths of one, of which 16 fit into 64 bits.
    private const int Doubt = 4;
    private const int TenthBits = 60;
    private const ulong TenthDoubt = 16;

    /// <summary>Finds it.</summary>
    /// <param name="value">A number; its sign does not matter.</param>
    /// <param name="first16">The first 16 digits, the last ones perhaps zeros: from 10^15 on, and below 10^16.</param>
    /// <param name="last">The 17th digit.</param>
    /// <param name="exponent">The power of ten of the first digit.</param>
    /// <returns>False if the runtime has to be asked: for zero and what is not finite as well.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(double value, out ulong first16, out uint last, out int exponent)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & ((1UL << FractionBits) - 1);
        ref readonly var scale = ref DecimalScale.Of((int)(bits >> FractionBits) & ExponentMask);

        // The double in units, whole and behind the point.
        var c = fraction | (1UL << FractionBits);
        var carry = MultiplyHigh(c, scale.Low);
        var rest = unchecked(c * scale.High) + carry;
        var whole = MultiplyHigh(c, scale.High) + (rest < carry ? 1UL : 0);

        // Which it is follows no rule that a processor could guess: all is worked out with masks, and nothing jumped to. The first one is
        // whether the nearest whole number is the upper one, the second whether it is in reach.
        var isUpper = (ulong)((long)rest >> 63);
        var distance = rest ^ isUpper;
        var beyond = (long)(distance - (scale.High >> 1));
        var isWhole = (ulong)(beyond >> 63);
        whole -= isUpper & isWhole;
        var tenths = ((rest >> (64 - TenthBits)) * 10) + (1UL << (TenthBits - 1));
        var tenth = (tenths >> TenthBits) & ~isWhole;

        // With 15 digits, the tenth is the 16th.
        var isShort = (ulong)((long)(whole - TenTo15) >> 63);
        first16 = whole + (((whole * 9) + tenth) & isShort);
        last = (uint)(tenth & ~isShort);
        exponent = scale.Exponent + 15 + (int)isShort;

        // Numbers below a power of two reach half as far.
        return (ulong)(beyond + Doubt) > 2 * Doubt && (tenths << (64 - TenthBits)) + (TenthDoubt << 4) > (TenthDoubt << 5)
            && (fraction != 0 || (isUpper & isWhole) != 0 || distance + Doubt <= scale.High >> 2);
    }

    /// <summary>The same from the runtime.</summary>
    public static ulong Ask(double value, out uint last, out int exponent)
    {
        value = Math.Abs(value);
        var digits = BitConverter.DoubleToUInt64Bits(value) << (64 - FractionBits) == 0
            ? AskForPowerOfTwo(value, out exponent)
            : Ask(value, null, out exponent);
        (var first16, last, exponent) = (digits / 10, (uint)(digits % 10), exponent + 16);
        return first16;
    }

    /// <summary>
    /// Below a power of two neighbours are nearer than above, which the runtime overlooks: it writes 2^-958 as 4.104536801298376E-289,
    /// which is its neighbour. Its digits of a given number are right, and so is what it reads.
    /// </summary>
    private static ulong AskForPowerOfTwo(double value, out int exponent)
    {
        var digits = Ask(value, "E15", out exponent);
        for (var up = 0UL; up <= 10; up += 10)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{digits + up}E{exponent}");
            if (double.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return digits + up;
            }
        }

        return Ask(value, "E16", out exponent);
    }

    /// <summary>Takes the runtime's text apart, which has a point somewhere and perhaps an exponent.</summary>
    private static ulong Ask(double value, string? format, out int exponent)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        var mark = text[..length].IndexOf((byte)'E');
        exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var number = text[..(mark < 0 ? length : mark)];
        var point = number.IndexOf((byte)'.');
        exponent -= point < 0 ? 0 : number.Length - point - 1;
        var digits = 0UL;
        foreach (var character in number)
        {
            digits = character == '.' ? digits : (digits * 10) + character - '0';
        }

        for (; digits < 10 * TenTo15; exponent--)
        {
            digits *= 10;
        }

        return digits;
    }

    /// <summary>The upper half of a product. From BigMul alone, halves go through memory, and a row takes an eighth longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHigh(ulong x, ulong y) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x, y) : Math.BigMul(x, y, out _);
}
