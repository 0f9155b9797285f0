using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PluginLoggers.Csv.Table;

/// <summary>The 17 digits of a number side by side, each a byte from 0 to 9.</summary>
internal readonly struct DigitVector
{
    public const int Count = 17;

    private const int FirstDigit = 15;
    private const ulong TenTo8 = 100_000_000;

    /// <param name="first16">The first digits, as a number below 10^16.</param>
    /// <param name="last">The last digit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DigitVector(ulong first16, uint last)
    {
        // Halves, quarters and so on, always with the rest below the quotient: x - 10 q + 256 q is both, for a byte.
        var half = first16 / TenTo8;
        var fours = Vector128.Create(Fours(first16 - (half * TenTo8)), Fours(half)).AsUInt32();
        var twos = (fours + (((fours * 5243) >>> 19) * ((1 << 16) - 100))).AsUInt16();
        First16 = (twos + (((twos * 103) >>> 10) * ((1 << 8) - 10))).AsByte();
        Last16 = First16.WithElement(FirstDigit, (byte)last);
        var notZero = Vector128.GreaterThan(First16.AsSByte(), Vector128<sbyte>.Zero).ExtractMostSignificantBits();
        TrailingZeros = BitOperations.TrailingZeroCount((notZero << 1) | ((0 - last) >> 31));
    }

    /// <summary>The digits from the 16th to the first.</summary>
    public Vector128<byte> First16 { get; }

    /// <summary>The digits from the 16th to the second, and the 17th in the place of the first.</summary>
    public Vector128<byte> Last16 { get; }

    /// <summary>How many zeros the 17 digits end with.</summary>
    public int TrailingZeros { get; }

    /// <summary>In which place a digit stands, by its number from 0 to 16.</summary>
    public static byte PlaceOf(int digit) => (byte)(digit > FirstDigit ? FirstDigit : FirstDigit - digit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fours(ulong number) => number + (((number * 3_518_437_209) >> 45) * ((1UL << 32) - 10_000));
}
