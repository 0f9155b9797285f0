using System.CommandLine;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers sync</c>: delivers what is behind, of one run or of every run that is not being written.</summary>
internal sealed class SyncCommand : Command
{
    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Argument<string?> _run = new("RUN")
    {
        Description = "A run: name/version, a name, a version, its folder, or the beginning of its id; all runs without it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _deadLetters = new("--dead-letters")
    {
        Description = "Hand over again, too, what a logger refused before",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    public SyncCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("sync", "Deliver what is behind, of every run that is not being written")
    {
        (_configuration, _streams) = (configuration, streams);
        Add(_run);
        Add(_deadLetters);
        Add(_json);
        SetAction(SyncAsync);
    }

    private async Task<int> SyncAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = LoggersConfiguration.ReadForSynchronization(_configuration.Load(parsed));
        var deadLetters = parsed.GetValue(_deadLetters);
        var runs = Chosen(new RunLibrary(configuration.Run.SaveDir), parsed.GetValue(_run), deadLetters);
        return await Synchronization.RunAsync(configuration, runs, null, deadLetters, _streams, parsed.GetValue(_json), cancellationToken)
            .ConfigureAwait(false);
    }

    private static IReadOnlyList<RunSummary> Chosen(RunLibrary library, string? run, bool deadLetters) =>
        run is null ? [.. library.List().Where(run => HasWork(run, deadLetters))] : RunArgument.Find(library, run);

    private static bool HasWork(RunSummary run, bool deadLetters) =>
        run.Problem is not null // What it lacks cannot be known, and that is said.
        || run.IsInterrupted
        || run.Deliveries.Any(delivery => !delivery.IsComplete || (deadLetters && delivery.DeadLetters > 0));
}
