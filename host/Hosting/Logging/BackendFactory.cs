using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Makes the delivery loops of a run from the configuration of its loggers.</summary>
internal sealed class BackendFactory(IEnumerable<LoggerSettings> loggers, TimeProvider time, Teller teller)
{
    /// <summary>Creates the loops and the first instances: options that make no sense stop the start, all of them told at once.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="record">What the run is.</param>
    /// <param name="journals">Its journals.</param>
    /// <param name="published">Set when there is more to read.</param>
    /// <param name="progress">Set by the loops when they move.</param>
    /// <exception cref="LoggersConfigurationException">A plug-in refuses its options, or fails.</exception>
    public List<DeliveryLoop> Prepare(
        RunFolder folder, RunRecord record, JournalFolder journals, JournalSignal published, JournalSignal progress)
    {
        var loops = new List<DeliveryLoop>();
        var mistakes = new List<ConfigurationMistake>();
        try
        {
            Prepare(folder, record, journals, published, progress, loops, mistakes);
            return mistakes.Count == 0 ? loops : throw new LoggersConfigurationException(mistakes);
        }
        catch
        {
            loops.ForEach(loop => loop.Dispose());
            throw;
        }
    }

    private void Prepare(
        RunFolder folder,
        RunRecord record,
        JournalFolder journals,
        JournalSignal published,
        JournalSignal progress,
        List<DeliveryLoop> loops,
        List<ConfigurationMistake> mistakes)
    {
        foreach (var logger in loggers)
        {
            var backend = new BackendSpecification(
                logger.Key, logger.Type, logger.Filter, (clock, bookmark) => logger.Plugin!.Create(logger.Options!, Context(logger, folder, record, clock, bookmark)));
            var loop = new DeliveryLoop(backend, journals, folder.StateDirectory, published, progress, time, teller);
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
                mistakes.Add(new ConfigurationMistake(
                    ConfigurationNames.Logger(logger.Key), $"PL008: the plug-in {logger.Type} fails when its logger is created: {failure.GetBaseException().Message}"));
            }
        }
    }

    private LoggerContext Context(LoggerSettings logger, RunFolder folder, RunRecord record, TimeProvider clock, string? bookmark) => new()
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
