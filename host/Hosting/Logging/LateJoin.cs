using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Lets loggers join a run that is going on: a cursor that is behind, like any other.</summary>
internal sealed class LateJoin(OpenedRun opened, JournalFolder journals, BackendFactory backends, RunDelivery delivery, Teller teller)
{
    /// <summary>Lets a logger join.</summary>
    /// <returns>Its delivery; none if it does not join, which is told.</returns>
    public IReadOnlyList<DeliveryLoop> Join(LoggerSettings logger)
    {
        List<DeliveryLoop> loops = [];
        var hasJoined = false;
        try
        {
            loops = backends.Prepare([logger]);
            JournalPosition[] begun = [.. loops.Select(loop => loop.Cursor.Position).Where(position => position != JournalPosition.Start)];
            var survey = begun.Length == 0 ? null : JournalSurvey.Of(journals, begun);
            hasJoined = delivery.TryAdd(
                loops, survey, () => opened.Update(record => record with { Loggers = AttachedLogger.With(record.Loggers, [logger]) }));
        }
        catch (LoggersConfigurationException refused)
        {
            teller.Tell(DiagnosticLevel.Warning, logger.Key, $"{Sentence.Of(refused.Message)} The run goes on without it.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            teller.Tell(DiagnosticLevel.Warning, logger.Key, $"cannot join the run: {refusal.Message}");
        }
        finally
        {
            if (!hasJoined)
            {
                loops.ForEach(loop => loop.Dispose());
                loops = [];
            }
        }

        if (hasJoined)
        {
            teller.Tell(DiagnosticLevel.Information, logger.Key, "joins the run, and is given it from its first record.");
        }

        return loops;
    }
}
