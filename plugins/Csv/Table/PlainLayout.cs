using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PluginLoggers.Csv.Table;

/// <summary>Where the characters of a number stand that is written without an exponent.</summary>
/// <remarks>
/// A shuffle brings each digit to its place and leaves a zero where none is; what is added makes characters of them, among them the point
/// and the zeros around it. So no processor has to guess where the point is.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal readonly struct PlainLayout
{
    /// <summary>The power of ten of the first digit that comes first in <see cref="All"/>.</summary>
    public const int Smallest = -4;

    /// <summary>How much is written, whatever the length of the number.</summary>
    public const int Room = 24;

    // From 1e16 on Python writes an exponent; .NET does from 1e17 on.
    private const int Largest = 15;

    private const byte NoDigit = 0xFF;

    /// <summary>By the power of ten of the first digit, from <see cref="Smallest"/> on. Other numbers have an exponent.</summary>
    public static readonly PlainLayout[] All =
        [.. Enumerable.Range(Smallest, Largest - Smallest + 1).Select(exponent => new PlainLayout(exponent))];

    private readonly Vector128<byte> _places;
    private readonly Vector128<byte> _added;
    private readonly ulong _lastPlaces;
    private readonly ulong _lastAdded;
    private readonly int _most;
    private readonly int _least;

    private PlainLayout(int exponent)
    {
        Span<byte> places = stackalloc byte[Room];
        Span<byte> added = stackalloc byte[Room];
        var (point, leadingZeros) = (1 + Math.Max(exponent, 0), Math.Max(-exponent, 0));
        for (var at = 0; at < Room; at++)
        {
            var digit = (at > point ? at - 1 : at) - leadingZeros;
            places[at] = at == point || digit is < 0 or > DigitVector.Count - 1 ? NoDigit : DigitVector.PlaceOf(digit);
            added[at] = (byte)(at == point ? '.' : '0');
        }

        (_places, _added) = (Vector128.Create<byte>(places), Vector128.Create<byte>(added));
        _lastPlaces = BinaryPrimitives.ReadUInt64LittleEndian(places[Vector128<byte>.Count..]);
        _lastAdded = BinaryPrimitives.ReadUInt64LittleEndian(added[Vector128<byte>.Count..]);
        (_most, _least) = (leadingZeros + DigitVector.Count + 1, point + 2);
    }

    /// <summary>Writes a number without the zeros at its end, but with a digit behind the point, and returns the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Write(DigitVector digits, Span<byte> target)
    {
        target = target[..Room];
        (Vector128.ShuffleNative(digits.First16, _places) + _added).CopyTo(target);
        var last = Vector128.ShuffleNative(digits.Last16, Vector128.CreateScalar(_lastPlaces).AsByte())
            + Vector128.CreateScalar(_lastAdded).AsByte();
        BinaryPrimitives.WriteUInt64LittleEndian(target[Vector128<byte>.Count..], last.AsUInt64().ToScalar());
        return Math.Max(_most - digits.TrailingZeros, _least);
    }
}
