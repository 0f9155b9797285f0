using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary>Synchronizes runs one after the other, with progress where a person looks on.</summary>
internal static class Synchronization
{
    public static async Task<int> RunAsync(
        LoggersConfiguration configuration,
        IReadOnlyList<RunSummary> runs,
        string? to,
        StandardStreams streams,
        bool json,
        CancellationToken cancellationToken)
    {
        var console = Terminals.Create(streams.Error, streams.ErrorIsTerminal);
        var synchronizer = new RunSynchronizer(configuration, new ConsoleDiagnostics(console));
        var results = new List<SynchronizedRun>();
        foreach (var run in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await ShowAsync(console, run, moved => synchronizer.SynchronizeAsync(run, to, moved, cancellationToken))
                .ConfigureAwait(false));
        }

        if (json)
        {
            RunsReport.WriteJson(streams.Out, [.. results.Select(result => result.Run)]);
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
        { IsLeftAlone: true } => "left alone",
        { IsComplete: true } => "delivered",
        _ => "still behind",
    };

    private static async Task<SynchronizedRun> ShowAsync(
        IAnsiConsole console, RunSummary run, Func<IProgress<IReadOnlyList<LoggerDelivery>>?, Task<SynchronizedRun>> synchronize)
    {
        if (!console.IsLive())
        {
            return await synchronize(null).ConfigureAwait(false);
        }

        return await console.Status().StartAsync($"{run.Name}/{run.Version}".EscapeMarkup(), status => synchronize(new Moved(deliveries =>
            status.Status(string.Join("  ", deliveries.Where(delivery => !delivery.IsComplete)
                .Select(delivery => $"{run.Name}/{run.Version} {delivery.Key}: {delivery.UndeliveredBytes:N0} bytes to go")
                .DefaultIfEmpty($"{run.Name}/{run.Version}")).EscapeMarkup())))).ConfigureAwait(false);
    }

    /// <summary>Reports on the caller's thread: what is shown is never older than what was.</summary>
    private sealed class Moved(Action<IReadOnlyList<LoggerDelivery>> show) : IProgress<IReadOnlyList<LoggerDelivery>>
    {
        public void Report(IReadOnlyList<LoggerDelivery> value) => show(value);
    }
}
