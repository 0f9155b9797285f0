using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli.Commands;

/// <summary>Synchronizes runs one after the other, with progress where a person looks on.</summary>
internal static class Synchronization
{
    public static async Task<int> RunAsync(
        LoggersConfiguration configuration,
        IReadOnlyList<RunSummary> runs,
        string? to,
        bool deadLetters,
        StandardStreams streams,
        bool json,
        CancellationToken cancellationToken)
    {
        var console = Terminals.Create(streams.Error, streams.ErrorIsTerminal);
        var synchronizer = new RunSynchronizer(configuration, new ConsoleDiagnostics(console)) { RedeliversDeadLetters = deadLetters };
        var report = new SynchronizationReport(streams, json);
        try
        {
            foreach (var run in runs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report.Add(await DeliveryDisplay.ShowAsync(
                    console, run, moved => synchronizer.SynchronizeAsync(run, to, moved, cancellationToken)).ConfigureAwait(false));
            }
        }
        finally
        {
            report.Write();
        }

        if (runs.Count == 0)
        {
            await streams.Error.WriteLineAsync($"Nothing is behind in {configuration.Run.SaveDir}.").ConfigureAwait(false);
        }

        if (report.ExitCode != ExitCode.Done)
        {
            // What is behind is so because it was interrupted.
            cancellationToken.ThrowIfCancellationRequested();
        }

        return report.ExitCode;
    }
}
