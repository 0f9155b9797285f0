namespace PluginLoggers.Csv;

/// <summary>How a run is written as CSV. Every option may be left out.</summary>
public sealed class CsvOptions
{
    private const int MaxPrefixLength = 256;

    /// <summary>
    /// Stands before the name of every metric, joined by a dash: <c>prefix-loss</c>; not before <c>step</c>. The default is none.
    /// </summary>
    public string? Prefix { get; set; }

    /// <exception cref="LoggerOptionsException">An option makes no sense.</exception>
    internal void Validate()
    {
        if (Prefix is { } prefix && (prefix.Length > MaxPrefixLength || prefix.Any(char.IsControl)))
        {
            throw new LoggerOptionsException(
                nameof(Prefix), $"{prefix.Length} characters", $"at most {MaxPrefixLength} characters, without control characters");
        }
    }
}
