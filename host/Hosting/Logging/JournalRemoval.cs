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
            var cursors = opened.Record.Loggers.Keys.ToDictionary(
                key => key, key => Cursor.Read(Path.Combine(opened.Folder.StateDirectory, key + Cursor.Suffix)));
            if (!journals.DeleteDelivered(cursors.Values))
            {
                var behind = cursors.Where(cursor =>
                    cursor.Value is not { DeadLetters: 0, Position: var position } || position.CompareTo(end) < 0);
                teller.Tell(
                    DiagnosticLevel.Information,
                    null,
                    "The run's journal is kept although Run:Journal is Delete, because not everything is delivered to "
                        + $"{string.Join(", ", behind.Select(cursor => cursor.Key))}.");
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            teller.Tell(DiagnosticLevel.Warning, null, $"The run's journal cannot be deleted: {refusal.Message}");
        }
    }
}
