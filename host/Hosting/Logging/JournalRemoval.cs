using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Logging;

/// <summary>Deletes the journals that every logger has that was ever attached to the run.</summary>
internal sealed class JournalRemoval(OpenedRun opened, JournalFolder journals, Teller teller)
{
    public void Remove()
    {
        try
        {
            var end = journals.End();
            var passed = opened.Record.Loggers.Keys.ToDictionary(key => key, Passed);
            if (passed.Count == 0)
            {
                // What nobody has yet is all there is of the run.
                return;
            }

            journals.DeleteUpTo(passed.Values.Min());
            var behind = passed.Where(logger => logger.Value.CompareTo(end) < 0).Select(logger => logger.Key).ToList();
            if (behind.Count > 0)
            {
                teller.Tell(
                    DiagnosticLevel.Information,
                    null,
                    "The run's journal is kept although Run:Journal is Delete, because not everything is delivered to "
                        + $"{string.Join(", ", behind)}.");
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            teller.Tell(DiagnosticLevel.Warning, null, $"The run's journal cannot be deleted: {refusal.Message}");
        }
    }

    /// <summary>Up to where a logger needs nothing more. With dead letters, it may need all of it.</summary>
    private JournalPosition Passed(string key) =>
        Cursor.Read(Path.Combine(opened.Folder.StateDirectory, key + Cursor.Suffix)) is { DeadLetters: 0 } cursor
            ? cursor.Position
            : JournalPosition.Start;
}
