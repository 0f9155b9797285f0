using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Import;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting;

/// <summary>
/// Makes runs of what is there in the formats of the plug-ins, with the original steps and times, and delivers them to the loggers of the
/// configuration. A run that was imported before goes on where it stands: nothing is logged twice.
/// </summary>
/// <param name="configuration">The configuration. Every plug-in that was found is asked, whichever loggers there are.</param>
/// <param name="diagnostics">Who is told what goes wrong.</param>
/// <param name="time">The clock for what has no time of its own; null is the system's.</param>
public sealed class RunImporter(LoggersConfiguration configuration, ILoggerDiagnostics diagnostics, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Teller _teller = new(diagnostics);

    /// <summary>Looks for runs at a place. A folder that several plug-ins can read is read by the one whose format can hold most.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="name">The name of the runs; null is that of the folder.</param>
    /// <exception cref="IOException">The place cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be read.</exception>
    public FoundRuns Find(string path, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SourceSearch(configuration.Catalog).Find(Path.GetFullPath(path), name);
    }

    /// <summary>Imports a run. What is cut short, or fails, goes on from there the next time.</summary>
    /// <param name="found">The run.</param>
    /// <param name="moved">Told from time to time how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it between two calls; the run is killed then.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options.</exception>
    public async Task<ImportedRun> ImportAsync(
        FoundRun found, IProgress<ImportProgress>? moved = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        LightningRun run;
        var clock = new ImportClock(_time);
        try
        {
            var started = await Task.Run(() => StartOfRun.Of(found.Source, cancellationToken), cancellationToken).ConfigureAwait(false);
            clock.Shown = started;
            run = new RunOpener(configuration, _time, _teller).Open(
                new RunDescription { Name = found.Name },
                found.Version,
                new ImportOpening(clock, started, found.Identity, opened => Destination.Check(opened, found.Identity)));
        }
        catch (Exception refusal) when (refusal is not (OperationCanceledException or LoggersConfigurationException))
        {
            return new ImportedRun { Source = found, Failure = refusal.GetBaseException().Message };
        }

        var folder = run.Session.Folder;
        ImportedRun result;
        await using (run.ConfigureAwait(false))
        {
            var session = new ImportSession(run, clock, found, configuration.Run.Journal, moved);
            result = await session.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return result with { Run = RunLibrary.Summarize(folder) with { Writer = null } };
    }
}
