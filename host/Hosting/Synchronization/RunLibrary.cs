using System.Diagnostics;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting;

/// <summary>The runs below a save directory, whoever wrote them. Only reads.</summary>
/// <param name="saveDir">The folder of all runs; relative to the working directory.</param>
public sealed class RunLibrary(string saveDir)
{
    /// <summary>All runs, in the order of their names; one that cannot be read has a <see cref="RunSummary.Problem"/>.</summary>
    public IEnumerable<RunSummary> List() => RunStore.Find(saveDir).Select(Summarize);

    /// <summary>
    /// The runs that a text can mean: a folder's path, <c>name/version</c>, a name, a version, or the beginning of a run id of 6 characters
    /// or more.
    /// </summary>
    /// <param name="run">The text.</param>
    public IReadOnlyList<RunSummary> Find(string run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(run);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(run));
        var all = List().ToList();
        Func<RunSummary, bool>[] meanings =
        [
            summary => summary.Directory == path,
            summary => $"{summary.Name}/{summary.Version}" == run,
            summary => summary.Name == run,
            summary => summary.Version == run,
            summary => run.Length >= 6 && summary.RunId?.StartsWith(run, StringComparison.OrdinalIgnoreCase) == true,
        ];
        return meanings.Select(meaning => all.Where(meaning).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    internal static RunSummary Summarize(RunFolder folder)
    {
        var summary = new RunSummary { Directory = folder.Directory, Name = folder.Name, Version = folder.Version };
        try
        {
            var record = RunRecord.Of(folder);
            var journals = new JournalFolder(folder.StateDirectory);
            var end = journals.End();
            return summary with
            {
                RunId = record.RunId,
                Status = record.Status,
                Writer = WriterOf(folder),
                IsIncomplete = record.Incomplete,
                Created = record.Created,
                Ended = record.Ended,
                Deliveries = [.. record.Loggers.Select(logger => Summarize(logger.Key, logger.Value, folder, journals, end))],
            };
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return summary with { Problem = problem.Message };
        }
    }

    private static LoggerDelivery Summarize(
        string key, AttachedLogger logger, RunFolder folder, JournalFolder journals, JournalPosition end)
    {
        var cursor = Cursor.Read(Path.Combine(folder.StateDirectory, key + Cursor.Suffix));
        var undelivered = journals.BytesBetween(cursor?.Position ?? JournalPosition.Start, end);
        return new LoggerDelivery
        {
            Key = key,
            Type = logger.Type,
            Location = logger.Location,
            IsComplete = undelivered == 0,
            UndeliveredBytes = undelivered,
            DeliveredRecords = cursor?.Delivered ?? 0,
            UnsupportedRecords = cursor?.Unsupported ?? 0,
            DeadLetters = cursor?.DeadLetters ?? 0,
            LastFailure = cursor?.LastFailure,
        };
    }

    private static string? WriterOf(RunFolder folder) => LockOwner.Read(folder.LockOwnerFile) is { } owner && Writes(owner, folder)
        ? FormattableString.Invariant($"process {owner.ProcessId} ({owner.Program}) on {owner.Host}")
        : null;

    /// <summary>
    /// Whether who is noted as the lock's owner still has it. A process that is seen needs no look at the lock, which for an instant keeps
    /// it from one that wants it. In another container its number means nothing, and on another computer the lock does not either.
    /// </summary>
    private static bool Writes(LockOwner owner, RunFolder folder)
    {
        var self = LockOwner.Current(LockPurpose.Sync, TimeProvider.System);
        return !owner.SharesLocksWith(self) || (owner.IsOnHostOf(self) && IsAlive(owner.ProcessId)) || RunLock.IsHeld(folder);
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
