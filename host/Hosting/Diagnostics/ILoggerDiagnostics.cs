namespace PluginLoggers.Hosting;

/// <summary>Receives what the user is to be told. Called from any thread; what it throws is ignored.</summary>
public interface ILoggerDiagnostics
{
    /// <summary>Tells one thing.</summary>
    /// <param name="diagnostic">What.</param>
    void Report(LoggerDiagnostic diagnostic);
}
