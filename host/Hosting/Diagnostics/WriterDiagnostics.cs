namespace PluginLoggers.Hosting;

/// <summary>Writes diagnostics as lines; to standard error, unless another writer is given.</summary>
/// <param name="writer">Where to; null is standard error.</param>
public sealed class WriterDiagnostics(TextWriter? writer = null) : ILoggerDiagnostics
{
    private readonly TextWriter _writer = TextWriter.Synchronized(writer ?? Console.Error);

    /// <inheritdoc/>
    public void Report(LoggerDiagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        _writer.WriteLine(diagnostic.ToString());
    }
}
