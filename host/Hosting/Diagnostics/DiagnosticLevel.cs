namespace PluginLoggers.Hosting;

/// <summary>How much a message matters.</summary>
public enum DiagnosticLevel
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something was changed, left out, or is late; nothing is lost.</summary>
    Warning,

    /// <summary>Something is lost, or will be.</summary>
    Error,
}
