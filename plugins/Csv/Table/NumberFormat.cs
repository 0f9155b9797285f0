using System.Globalization;

namespace PluginLoggers.Csv.Table;

/// <summary>How the numbers of metrics are written; what is not finite always as <see cref="NumberText"/> says.</summary>
internal sealed class NumberFormat
{
    private const int MaxPrecision = 17;

    /// <summary>The digits of the largest double before the point.</summary>
    private const int MaxWholeDigits = 309;

    private readonly string? _format;

    private NumberFormat(string? format, int maxLength) => (_format, MaxLength) = (format, maxLength);

    /// <summary>All digits that are needed, and no more.</summary>
    public static NumberFormat Shortest { get; } = new(null, NumberText.MaxLength);

    /// <summary>The longest text, in bytes.</summary>
    public int MaxLength { get; }

    /// <summary>The format that an option means; null for none. An option of null is <see cref="Shortest"/>.</summary>
    public static NumberFormat? Parse(string? option)
    {
        if (option is null)
        {
            return Shortest;
        }

        return option is ['G' or 'g' or 'F' or 'f' or 'E' or 'e', (>= '1' and <= '9'), ..]
            && int.TryParse(option.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
            && precision <= MaxPrecision
            ? new NumberFormat(option, MaxWholeDigits + MaxPrecision + 2)
            : null;
    }

    /// <summary>Writes a double, and returns the length. <paramref name="target"/> has room for <see cref="MaxLength"/> bytes.</summary>
    public int Write(double value, Span<byte> target)
    {
        if (_format is null || !double.IsFinite(value))
        {
            return NumberText.Write(value, target);
        }

        value.TryFormat(target, out var length, _format, CultureInfo.InvariantCulture);

        // G6 makes 1 of 1.0; see NumberText for why that may not be.
        if (target[..length].ContainsAnyExceptInRange((byte)'-', (byte)'9') || target[..length].Contains((byte)'.'))
        {
            return length;
        }

        ".0"u8.CopyTo(target[length..]);
        return length + 2;
    }
}
