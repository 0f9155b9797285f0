using System.Numerics;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// The first 128 bits of powers of ten, rounded down: 10^n is <c>(High, Low) · 2^(floor(n · log2 10) - 127)</c>, less than one too small.
/// </summary>
/// <remarks>
/// Worked out when it is first asked for, because a table in the source would be a thousand numbers that nobody checks. Thread-safe.
/// </remarks>
internal static class PowersOfTen
{
    public const int Smallest = -292;
    public const int Largest = 324;

    private static readonly ulong[] Bits = new ulong[2 * (Largest - Smallest + 1)];

    public static ulong Get(int exponent, out ulong low)
    {
        var at = 2 * (exponent - Smallest);
        var high = Volatile.Read(ref Bits[at]);
        if (high == 0)
        {
            high = Compute(exponent, at);
        }

        low = Bits[at + 1];
        return high;
    }

    private static ulong Compute(int exponent, int at)
    {
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        if (exponent < 0)
        {
            power = (BigInteger.One << (int)(power.GetBitLength() + 128)) / power;
        }

        var shift = (int)power.GetBitLength() - 128;
        var bits = shift > 0 ? power >> shift : power << -shift;
        Bits[at + 1] = (ulong)(bits & ulong.MaxValue);
        var high = (ulong)(bits >> 64);

        // Last: whoever sees it sees both.
        Volatile.Write(ref Bits[at], high);
        return high;
    }
}
