using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Telemetry;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Makes the delivery loops of a run from the configuration of its loggers.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="record">What the run is.</param>
/// <param name="journals">Its journals.</param>
/// <param name="published">Set when there is more to read.</param>
/// <param name="progress">Set by the loops when they move.</param>
/// <param name="time">The clock.</param>
/// <param name="teller">Tells the user.</param>
internal sealed class BackendFactory(
    RunFolder folder,
    RunRecord record,
    JournalFolder journals,
    JournalSignal published,
    JournalSignal progress,
    TimeProvider time,
    Teller teller)
{
    /// <summary>Creates the loops and the first instances: options that make no sense stop the start, all of them told at once.</summary>
    /// <param name="loggers">The loggers.</param>
    /// <param name="leave">Told of a logger whose plug-in fails, which is left out then; null if that stops the start as well.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options, or fails.</exception>
    public List<DeliveryLoop> Prepare(IEnumerable<LoggerSettings> loggers, Action<LoggerSettings, ConfigurationMistake>? leave = null)
    {
        var loops = new List<DeliveryLoop>();
        var mistakes = new List<ConfigurationMistake>();
        try
        {
            Prepare([.. loggers], loops, mistakes, leave);
            return mistakes.Count == 0 ? loops : throw new LoggersConfigurationException(mistakes);
        }
        catch
        {
            loops.ForEach(loop => loop.Dispose());
            throw;
        }
    }

    /// <summary>What a delivery needs to know of a logger.</summary>
    public BackendSpecification Specify(LoggerSettings logger) => new(
        logger.Key,
        logger.Type,
        logger.Filter,
        (clock, bookmark) => logger.Plugin!.Create(logger.Options!, Context(logger, clock, bookmark)));

    private void Prepare(
        LoggerSettings[] loggers,
        List<DeliveryLoop> loops,
        List<ConfigurationMistake> mistakes,
        Action<LoggerSettings, ConfigurationMistake>? leave)
    {
        foreach (var logger in loggers)
        {
            var backend = Specify(logger);
            var meter = new DeliveryMeter(logger.Key, logger.Type, folder.Title);
            var ledger = new DeliveryLedger(backend, folder.StateDirectory, progress, time, meter, teller);
            var loop = new DeliveryLoop(backend, journals, ledger, meter, published, progress, time);
            loops.Add(loop);
            try
            {
                loop.Prepare();
            }
            catch (LoggerOptionsException refused)
            {
                mistakes.Add(ConfigurationMistake.Of(logger.Key, refused));
            }
            catch (Exception failure)
            {
                var mistake = new ConfigurationMistake(
                    ConfigurationNames.Logger(logger.Key),
                    $"PL008: the plug-in {logger.Type} fails when its logger is created: {failure.GetBaseException().Message}");
                if (leave is null)
                {
                    mistakes.Add(mistake);
                    continue;
                }

                loops.Remove(loop);
                loop.Dispose();
                leave(logger, mistake);
            }
        }
    }

    private LoggerContext Context(LoggerSettings logger, TimeProvider clock, string? bookmark) => new()
    {
        Key = logger.Key,
        OutputDirectory = folder.LoggerDirectory(logger.Key, logger.Type),
        RunName = folder.Name,
        RunVersion = folder.Version,
        RunId = record.RunId,
        ParentRunId = record.ParentRunId,
        SaveDir = folder.SaveDir,
        Tags = record.Tags,
        StartTime = record.Created,
        Bookmark = bookmark,
        Time = clock,
        Reporter = message => teller.Tell(DiagnosticLevel.Information, logger.Key, message),
    };
}
