namespace PluginLoggers.MLflow;

/// <summary>
/// The environment variables of MLflow's own client; an option comes before its variable, and blank is as good as not there.
/// </summary>
internal sealed class TrackingEnvironment(Func<string, string?> read)
{
    public string? Variable(string name) => NullIfBlank(read(name));

    public string? First(string? option, string variable) => NullIfBlank(option) ?? Variable(variable);

    /// <exception cref="LoggerOptionsException">It is none of the words that MLflow's client knows.</exception>
    public bool First(string name, bool? option, string variable) => option ?? Variable(variable)?.Trim().ToUpperInvariant() switch
    {
        null or "FALSE" or "0" => false,
        "TRUE" or "1" => true,
        _ => throw new LoggerOptionsException(name, $"'{Variable(variable)}' in {variable}", "true, false, 1 or 0"),
    };

    public static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
