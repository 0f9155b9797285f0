using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// The power of ten that fits a power of two: <c>2^q</c> is at least a tenth of <c>10^Exponent</c>, and less than the whole. Their ratio is
/// <c>(High, Low) · 2^-128</c>, less than one of these too small.
/// </summary>
/// <remarks>
/// Worked out when it is first asked for, because a table in the source would be thousands of numbers that nobody checks. Thread-safe.
/// </remarks>
internal struct DecimalScale
{
    /// <summary>The largest exponent of a number, as a double stores it; the next one is for what is not finite.</summary>
    private const int Largest = 0x7FE;

    /// <summary>What a double stores is the exponent of its last bit and this.</summary>
    private const int Bias = 1075;

    private static readonly DecimalScale[] All = new DecimalScale[Largest + 2];

    public ulong High;
    public ulong Low;
    public int Exponent;

    /// <summary>The scale of a double's last bit, by the exponent as it is stored; all zeros where it is none of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly DecimalScale Of(int stored)
    {
        ref var scale = ref All[stored];
        if (Volatile.Read(ref scale.High) == 0)
        {
            Compute(stored, ref scale);
        }

        return ref scale;
    }

    private static void Compute(int stored, ref DecimalScale scale)
    {
        if (stored is 0 or > Largest)
        {
            return;
        }

        // floor(q · log10 2) + 1, for every q that there is.
        var q = stored - Bias;
        var exponent = ((q * 315653) >> 20) + 1;
        var (ratio, divisor) = q + 128 > 0 ? (BigInteger.One << (q + 128), BigInteger.One) : (BigInteger.One, BigInteger.One << (-q - 128));
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        ratio = exponent > 0 ? ratio / (divisor * power) : ratio * power / divisor;
        (scale.Low, scale.Exponent) = ((ulong)(ratio & ulong.MaxValue), exponent);

        // Last: whoever sees it sees all.
        Volatile.Write(ref scale.High, (ulong)(ratio >> 64));
    }
}
