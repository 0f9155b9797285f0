namespace PluginLoggers;

/// <summary>
/// Thrown by <see cref="ILoggerPlugin{TOptions}.Create"/> for options that make no sense; told as a mistake of the configuration.
/// </summary>
public class LoggerOptionsException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LoggerOptionsException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public LoggerOptionsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public LoggerOptionsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="path">The option, as a path below <c>Options</c>, such as <c>TrackingUri</c>.</param>
    /// <param name="found">What was found. No secrets.</param>
    /// <param name="expected">What was expected.</param>
    public LoggerOptionsException(string path, string found, string expected)
        : base($"{path}: found {found}, expected {expected}")
    {
        (Path, Found, Expected) = (path, found, expected);
    }

    /// <summary>The option, as a path below <c>Options</c>; null if it concerns them all.</summary>
    public string? Path { get; }

    /// <summary>What was found.</summary>
    public string? Found { get; }

    /// <summary>What was expected.</summary>
    public string? Expected { get; }
}
