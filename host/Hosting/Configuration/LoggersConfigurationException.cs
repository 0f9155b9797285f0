namespace PluginLoggers.Hosting.Configuration;

/// <summary>The configuration has mistakes. All of them are here, and in the message with a line each.</summary>
public sealed class LoggersConfigurationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="mistakes">The mistakes, at least one.</param>
    public LoggersConfigurationException(IReadOnlyList<ConfigurationMistake> mistakes)
        : base(Lines(mistakes))
    {
        Mistakes = mistakes;
    }

    /// <summary>The mistakes, in the order of the configuration.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; }

    private static string Lines(IReadOnlyList<ConfigurationMistake> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        return string.Join('\n', mistakes);
    }
}
