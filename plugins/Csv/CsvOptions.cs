using PluginLoggers.Csv.Table;

namespace PluginLoggers.Csv;

/// <summary>How a run is written as CSV. Every option may be left out.</summary>
public sealed class CsvOptions
{
    private const int MaxPrefixLength = 256;

    /// <summary>
    /// Stands before the name of every metric, joined by a dash: <c>prefix-loss</c>; not before <c>step</c>. The default is none.
    /// </summary>
    public string? Prefix { get; set; }

    /// <summary>Whether a row is a call or a single value. The default is <see cref="CsvLayout.Wide"/>.</summary>
    public CsvLayout Layout { get; set; }

    /// <summary>Whether each row of the tidy layout has the time of its value, in a column <c>time</c>. The default is false.</summary>
    public bool Time { get; set; }

    /// <summary>
    /// What separates cells: a comma, a semicolon, a bar, or a tab, which may be written as <c>tab</c>. The default is a comma.
    /// </summary>
    public string Separator { get; set; } = ",";

    /// <summary>
    /// A numeric format of .NET with a precision from 1 to 17, such as <c>G6</c> (six digits), <c>F3</c> (three decimals) or <c>E4</c>.
    /// It rounds. The default is none: the shortest text that reads back as the same number.
    /// </summary>
    public string? NumberFormat { get; set; }

    /// <exception cref="LoggerOptionsException">An option makes no sense.</exception>
    internal CsvFormat Validate()
    {
        if (Prefix is { } prefix && (prefix.Length > MaxPrefixLength || prefix.Any(char.IsControl)))
        {
            throw new LoggerOptionsException(
                nameof(Prefix), $"{prefix.Length} characters", $"at most {MaxPrefixLength} characters, without control characters");
        }

        if (!Enum.IsDefined(Layout))
        {
            throw new LoggerOptionsException(nameof(Layout), $"{Layout}", $"{CsvLayout.Wide} or {CsvLayout.Tidy}");
        }

        if (Time && Layout != CsvLayout.Tidy)
        {
            throw new LoggerOptionsException(
                nameof(Time), "true", $"false, or the layout {CsvLayout.Tidy}: a row of the wide one has no time");
        }

        var separator = CsvFormat.SeparatorOf(Separator)
            ?? throw new LoggerOptionsException(nameof(Separator), $"'{Separator}'", "',', ';', '|' or 'tab'");
        var numbers = Table.NumberFormat.Parse(NumberFormat) ?? throw new LoggerOptionsException(
            nameof(NumberFormat), $"'{NumberFormat}'", "G, F or E and a precision from 1 to 17, such as G6; or nothing, for all digits");
        return new CsvFormat(separator, numbers);
    }
}
