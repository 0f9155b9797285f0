using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginLoggers.Csv;

/// <summary>Where a save left the output. Counts and not lengths: they stay true when the file is written anew for a new column.</summary>
/// <param name="Rows">The rows of <c>metrics.csv</c>, the header not counted. Without a row there is no file.</param>
/// <param name="Hyperparameters">The names in <c>hparams.yaml</c>. Without a name there is no file.</param>
internal readonly partial record struct CsvBookmark(long Rows, int Hyperparameters)
{
    /// <summary>Parses what <see cref="ToString"/> gives; null is the beginning.</summary>
    /// <exception cref="InvalidDataException">The text is something else.</exception>
    public static CsvBookmark Parse(string? text)
    {
        if (text is null)
        {
            return default;
        }

        return Form().Match(text) is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var hyperparameters)
            ? new CsvBookmark(rows, hyperparameters)
            : throw new InvalidDataException(
                $"The bookmark '{text[..Math.Min(text.Length, 80)]}' is none of this CSV logger, such as '{new CsvBookmark(12, 3)}'.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"v1 rows={Rows} hparams={Hyperparameters}");

    [GeneratedRegex(@"\Av1 rows=(0|[1-9][0-9]{0,18}) hparams=(0|[1-9][0-9]{0,9})\z")]
    private static partial Regex Form();
}
