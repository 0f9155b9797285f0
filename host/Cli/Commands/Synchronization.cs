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
        var results = new List<SynchronizedRun>();
        foreach (var run in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await DeliveryDisplay.ShowAsync(
                console, run, moved => synchronizer.SynchronizeAsync(run, to, moved, cancellationToken)).ConfigureAwait(false));
        }

        if (json)
        {
            RunsReport.WriteJson(streams.Out, results);
        }

        foreach (var result in results)
        {
            if (!json)
            {
                await streams.Out.WriteLineAsync($"{result.Run.Name}/{result.Run.Version}  {Outcome(result)}").ConfigureAwait(false);
            }

            foreach (var note in result.Notes)
            {
                await streams.Error.WriteLineAsync(Terminals.Printable($"{result.Run.Name}/{result.Run.Version}: {note}"))
                    .ConfigureAwait(false);
            }
        }

        if (runs.Count == 0)
        {
            await streams.Error.WriteLineAsync($"Nothing is behind in {configuration.Run.SaveDir}.").ConfigureAwait(false);
        }

        return results.Any(result => result.Run.Problem is not null) ? ExitCode.Failed
            : results.All(result => result.IsComplete) ? ExitCode.Done
            : ExitCode.Undelivered;
    }

    private static string Outcome(SynchronizedRun result) => result switch
    {
        { Run.Problem: not null } => "unreadable",
        { IsLeftAlone: true } => "left alone",
        { IsComplete: true } => "delivered",
        _ => "still behind",
    };
}
