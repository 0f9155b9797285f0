namespace PluginLoggers.Hosting;

/// <summary>Tells each thing once, and survives a listener that throws.</summary>
internal sealed class Teller(ILoggerDiagnostics listener)
{
    private const int MostRemembered = 10_000;

    private readonly HashSet<(string?, string)> _told = [];

    public void Tell(DiagnosticLevel level, string? logger, string message)
    {
        lock (_told)
        {
            if (_told.Count >= MostRemembered)
            {
                // Better twice than never.
                _told.Clear();
            }

            if (!_told.Add((logger, message)))
            {
                return;
            }
        }

        try
        {
            listener.Report(new LoggerDiagnostic(level, logger, message));
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }
}
