using System.Globalization;

namespace PluginLoggers.MLflow;

/// <summary>
/// Values of hyperparameters as text, as Python's <c>str</c> writes them: runs of both languages can be compared in one experiment.
/// </summary>
internal static class HyperparameterText
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        double number => Of(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string Of(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => Finite(value),
    };

    /// <summary>Python writes a float as one, with <c>.0</c> at least, and uses an exponent from 1e16 on, .NET from 1e15 on.</summary>
    private static string Finite(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) < 1e16 && double.IsInteger(value))
        {
            text = value.ToString("F1", CultureInfo.InvariantCulture);
        }

        return text.Replace('E', 'e');
    }
}
