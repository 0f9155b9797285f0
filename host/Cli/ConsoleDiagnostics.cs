using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli;

/// <summary>Tells what the loggers report, above a progress bar where there is one.</summary>
internal sealed class ConsoleDiagnostics(IAnsiConsole console) : ILoggerDiagnostics
{
    /// <summary>What a command gives to its loggers.</summary>
    public static Action<LightningLoggersSetup> On(IAnsiConsole console) => setup =>
    {
        setup.Diagnostics = new ConsoleDiagnostics(console);

        // A command is no part of a distributed training, wherever it is started.
        setup.GateRanks = false;
    };

    public void Report(LoggerDiagnostic diagnostic) => console.WriteLine(Terminals.Printable(diagnostic.ToString()));
}
