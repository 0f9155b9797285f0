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
        _ => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
    };
}
