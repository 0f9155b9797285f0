using System.Globalization;
using System.Runtime.CompilerServices;

namespace PluginLoggers.Csv.Table;

/// <summary>The shortest decimal that reads back as the same double, and of those of its length the closest.</summary>
/// <remarks>
/// <para>The idea is that of Raffaele Giulietti, <see href="https://drive.google.com/file/d/1IEeATSVnEE6TkrHlCYNY2GjaraBjOT4f">The
/// Schubfach way to render doubles</see>: a double is <c>c · 2^q</c>, and the unit 10^k is chosen so that neighbours are 1 to 10 units
/// apart. Then the numbers that read back as this one are an interval of less than ten units around it: at most one multiple of ten lies in
/// there, which is the shortest; without one, it is the nearest whole number of units.</para>
/// <para>Here one product of 64 and 128 bits decides: what it gives is less than 2^-62 units too small. Where that could matter (the double
/// lies that near to a border, or half way between two decimals), and for the few doubles below 2.3e-308, the answer is left to the
/// runtime, which takes five times as long.</para>
/// </remarks>
internal static class ShortestDecimal
{
    private const int FractionBits = 52;
    private const int LargestExponent = 0x7FF;

    // Places behind the point of a number below 16 in 64 bits; and what is too near to be sure, in units of the last of them.
    private const int Places = 60;
    private const ulong Doubt = 4;
    private const ulong Ten = 10UL << Places;
    private const ulong Half = 1UL << 63;

    private const ulong TenTo16 = 10_000_000_000_000_000;

    /// <summary>Finds it as <c>digits · 10^exponent</c>.</summary>
    /// <param name="value">A number; its sign does not matter.</param>
    /// <param name="digits">17 digits, the last ones perhaps zeros.</param>
    /// <param name="exponent">The exponent.</param>
    /// <returns>False if the runtime has to be asked: for zero and what is not finite as well.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(double value, out ulong digits, out int exponent)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & ((1UL << FractionBits) - 1);
        var biased = (int)(bits >> FractionBits) & LargestExponent;
        if (biased is 0 or LargestExponent)
        {
            (digits, exponent) = (0, 0);
            return false;
        }

        // floor(q · log10 2) and floor(-k · log2 10), for every q that there is.
        var q = biased - 1075;
        var k = (q * 315653) >> 20;
        var shift = q + ((-k * 217707) >> 16) + 1;
        var power = PowersOfTen.Get(-k, out var powerLow);

        // The double in units, whole and behind the point.
        var c = (fraction | (1UL << FractionBits)) << shift;
        var whole = Math.BigMul(c, power, out _);
        var carry = Math.BigMul(c, powerLow, out _);
        var rest = unchecked(c * power) + carry;
        whole += rest < carry ? 1UL : 0;

        // How far it lies above a multiple of ten, and how far the numbers reach that read back as it. Below a power of two, neighbours are
        // nearer.
        var lastDigit = whole % 10;
        var above = (lastDigit << Places) | (rest >> (64 - Places));
        var reachUp = power >> (65 - Places - shift);
        var reachDown = fraction == 0 ? reachUp >> 1 : reachUp;
        var isDown = above + Doubt <= reachDown ? 1UL : 0;
        var isUp = above + reachUp > Ten ? 1UL : 0;
        var isTens = isDown | isUp;

        // Which it is follows no rule that a processor could guess: all are worked out, and none is jumped to.
        digits = whole - (lastDigit & (0 - isTens)) + (isUp * 10) + ((rest >> 63) & ~isTens);
        var isShort = digits < TenTo16 ? 1UL : 0;
        digits += (digits * 9) & (0 - isShort);
        exponent = k - (int)isShort;
        return isTens != 0
            || (fraction != 0 && above >= reachDown + Doubt && above + reachUp + Doubt < Ten && rest - (Half - Doubt) > 2 * Doubt);
    }

    /// <summary>The same from the runtime.</summary>
    public static ulong Ask(double value, out int exponent)
    {
        value = Math.Abs(value);
        return BitConverter.DoubleToUInt64Bits(value) << (64 - FractionBits) == 0
            ? AskForPowerOfTwo(value, out exponent)
            : Ask(value, null, out exponent);
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

        for (; digits < TenTo16; exponent--)
        {
            digits *= 10;
        }

        return digits;
    }
}
