namespace PluginLoggers.Hosting;

/// <summary>Something that the user is told about a run or one of its backends, once a run; or about all runs, once a program.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Logger">The key of the logger that it is about; null for the run itself, or the program.</param>
/// <param name="Message">What happened, why, and what to do. No secrets.</param>
public sealed record LoggerDiagnostic(DiagnosticLevel Level, string? Logger, string Message)
{
    /// <summary>The run that it is about, <c>name/version</c>; null for what is the same in all runs of the program.</summary>
    public string? Run { get; init; }

    /// <summary>The diagnostic in one line.</summary>
    public override string ToString() => $"pluginloggers: {Word}{Subject}{Message}";

    private string Subject => (Run, Logger) switch
    {
        (null, null) => "",
        (null, var logger) => $"{logger}: ",
        (var run, null) => $"{run}: ",
        var (run, logger) => $"{run} {logger}: ",
    };

    private string Word => Level switch
    {
        DiagnosticLevel.Information => "",
        DiagnosticLevel.Warning => "warning: ",
        _ => "error: ",
    };
}
