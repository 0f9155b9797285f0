using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace PluginLoggers.Csv.Import;

/// <summary>What stands in cells: as Python's <c>repr</c> writes it, as pandas, R and spreadsheets do, and as we do.</summary>
internal static class Cell
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Up to here every whole double is one whole number.</summary>
    private const double MaxExact = 1L << 53;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)127]);

    /// <summary>Reads a number. True is 1 and False is 0, as in Python.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out double value)
    {
        var isNegative = cell is [(byte)'-', ..];
        var word = cell is [(byte)'-' or (byte)'+', ..] ? cell[1..] : cell;
        if (word is [(>= (byte)'0' and <= (byte)'9') or (byte)'.', ..])
        {
            return double.TryParse(cell, Decimal, CultureInfo.InvariantCulture, out value);
        }

        if (Is(word, "inf"u8) || Is(word, "Infinity"u8))
        {
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        var isTrue = Is(cell, "True"u8);
        value = isTrue ? 1 : Is(cell, "False"u8) ? 0 : double.NaN;
        return !double.IsNaN(value) || Is(word, "nan"u8);
    }

    /// <summary>Reads a step: a whole number, perhaps with a fraction of zero, as pandas writes a column that has gaps.</summary>
    public static bool TryStep(ReadOnlySpan<byte> cell, out long step)
    {
        if (long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out step))
        {
            return true;
        }

        var isWhole = TryNumber(cell, out var value) && Math.Abs(value) <= MaxExact && value == Math.Truncate(value)
            && cell.ContainsAnyInRange((byte)'0', (byte)'9');
        step = isWhole ? (long)value : 0;
        return isWhole;
    }

    /// <summary>Reads a time in ISO 8601; without a zone it is UTC.</summary>
    public static bool TryTime(ReadOnlySpan<byte> cell, out DateTimeOffset time)
    {
        time = default;
        return cell.Length <= 40 && Utf8.IsValid(cell) && DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(cell),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    /// <summary>Whether a cell that is no number was never meant as one.</summary>
    public static bool IsText(ReadOnlySpan<byte> cell) =>
        cell is not [(>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.', ..]
        && Utf8.IsValid(cell)
        && !cell.ContainsAny(Controls);

    private static bool Is(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(cell, word);
}
