namespace PluginLoggers.Hosting;

/// <summary>Something that the user is told about a run or one of its backends, once.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Logger">The key of the logger that it is about; null for the run itself.</param>
/// <param name="Message">What happened, why, and what to do. No secrets.</param>
public sealed record LoggerDiagnostic(DiagnosticLevel Level, string? Logger, string Message)
{
    /// <summary>The diagnostic in one line.</summary>
    public override string ToString() => $"pluginloggers: {Word}{(Logger is null ? "" : Logger + ": ")}{Message}";

    private string Word => Level switch
    {
        DiagnosticLevel.Information => "",
        DiagnosticLevel.Warning => "warning: ",
        _ => "error: ",
    };
}
