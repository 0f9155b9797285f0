using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting;

/// <summary>Tells each thing once, and survives a listener that throws. Safe for use from any thread.</summary>
/// <param name="listener">Who is told.</param>
/// <param name="run">The title of the run that everything told is about; null for the program.</param>
internal sealed class Teller(ILoggerDiagnostics listener, string? run = null)
{
    private const int MostRemembered = 10_000;

    private readonly HashSet<(string?, string)> _told = [];

    /// <summary>Tells once a program what is the same in all of its runs, and loses nothing of any.</summary>
    public Teller Program { get => field ?? this; private init; }

    /// <summary>Tells of one run, also what was told of another: what it lost is in no other's message.</summary>
    public Teller Of(RunFolder folder) => new(listener, folder.Title) { Program = Program };

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
            listener.Report(new LoggerDiagnostic(level, logger, message) { Run = run });
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }
}
