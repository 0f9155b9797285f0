using System.Globalization;

namespace PluginLoggers.Csv.Tests.Support;

/// <summary>The text of Python's <c>repr</c>, made of the runtime's digits; slow, and with nothing in common with the writer.</summary>
internal static class PythonFloat
{
    private const int SmallestPlain = -4;
    private const int FirstExponential = 16;

    /// <param name="value">A finite number other than zero.</param>
    public static string Repr(double value)
    {
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (whole, fraction) = parts[0].Split('.') is [var left, var right] ? (left, right) : (parts[0], "");
        var digits = (whole + fraction).TrimStart('0');
        var exponent = digits.Length - fraction.Length - 1 + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        var text = exponent switch
        {
            < SmallestPlain or >= FirstExponential => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "")
                + string.Create(CultureInfo.InvariantCulture, $"e{exponent:+00;-00}"),
            < 0 => "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0') + ".0",
            _ => digits[..(exponent + 1)] + "." + digits[(exponent + 1)..],
        };
        return value < 0 ? "-" + text : text;
    }
}
