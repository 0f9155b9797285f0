using PluginLoggers.Hosting.Diagnostics;

namespace PluginLoggers.Hosting.Runs;

/// <summary>A run that this process writes: its folder, the lock on it, and its record. Safe for use from any thread.</summary>
internal sealed class OpenedRun : IDisposable
{
    // Of the processes that start at once each finds the others' versions taken; more than this in a row is something else.
    private const int MaxAttempts = 10_000;

    private readonly Lock _gate = new();
    private readonly RunLock _lock;
    private volatile RunRecord _record;

    private OpenedRun(RunFolder folder, RunLock runLock, RunRecord record, bool isResumed)
    {
        (Folder, _lock, _record, IsResumed) = (folder, runLock, record, isResumed);
    }

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder { get; }

    /// <summary>Whether the run was there before.</summary>
    public bool IsResumed { get; }

    /// <summary>What stands in the run's record now.</summary>
    public RunRecord Record => _record;

    /// <summary>Opens a run for writing.</summary>
    /// <param name="saveDir">The folder of all runs; relative to the working directory.</param>
    /// <param name="name">The name of the experiment; <c>/</c> makes folders.</param>
    /// <param name="version">
    /// A version to create or to resume; null reserves the next <c>version_N</c>, which no other process gets.
    /// </param>
    /// <param name="purpose">What for.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">A name that cannot be one.</exception>
    /// <exception cref="RunLockedException">Another process writes the run.</exception>
    /// <exception cref="InvalidDataException">The record of the run that is resumed cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be written. Every message says what to do.</exception>
    public static OpenedRun Open(string saveDir, string name, string? version, LockPurpose purpose, TimeProvider time)
    {
        var folder = new RunFolder(saveDir, name, version ?? VersionNumber.Format(0));
        var place = version is null ? Path.GetDirectoryName(folder.Directory)! : folder.Directory;
        var made = new NewFolders();
        try
        {
            RefuseWayOut(folder);
            RunLock runLock;
            if (version is null)
            {
                (folder, runLock) = Reserve(folder, purpose, time, made, ref place);
            }
            else
            {
                made.Make(folder);
                runLock = RunLock.Acquire(folder, purpose, time);
            }

            return Open(folder, runLock, time);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException and not RunLockedException))
        {
            made.Remove();
            var cure = IsFull(exception)
                ? "Make room there, or set LightningLoggers:Run:SaveDir to a folder on a disk that has some."
                : "Set LightningLoggers:Run:SaveDir to a folder in which this user can write.";
            throw new IOException($"The run's folder {place} cannot be written: {Sentence.Of(exception.Message)} {cure}", exception);
        }
    }

    /// <summary>Changes the record, here and on disk.</summary>
    /// <exception cref="IOException">The record is as it was.</exception>
    public void Update(Func<RunRecord, RunRecord> change)
    {
        lock (_gate)
        {
            var record = change(_record);
            record.Write(Folder.RecordFile);
            _record = record;
        }
    }

    /// <summary>Notes that records are lost; never throws.</summary>
    public void MarkIncomplete()
    {
        try
        {
            File.Create(Folder.IncompleteFile).Dispose();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // The disk takes nothing at all. Whoever lost the records tells so.
        }
    }

    /// <summary>Lets others write the run.</summary>
    public void Dispose() => _lock.Dispose();

    private static OpenedRun Open(RunFolder folder, RunLock runLock, TimeProvider time)
    {
        try
        {
            // Asked under the lock: before, another process might be about to write it.
            var isResumed = File.Exists(folder.RecordFile);
            var record = isResumed ? RunRecord.Of(folder) : NewRecord(folder, time);
            if (!isResumed)
            {
                record.Write(folder.RecordFile);
            }

            return new OpenedRun(folder, runLock, record, isResumed);
        }
        catch
        {
            runLock.Dispose();
            throw;
        }
    }

    private static (RunFolder Folder, RunLock Lock) Reserve(
        RunFolder first, LockPurpose purpose, TimeProvider time, NewFolders made, ref string place)
    {
        var experiment = place;
        made.Make(experiment);
        var number = VersionNumber.Next(experiment);
        for (var attempt = 0; attempt < MaxAttempts; attempt++, number = Math.Max(number + 1, VersionNumber.Next(experiment)))
        {
            var folder = new RunFolder(first.SaveDir, first.Name, VersionNumber.Format(number));
            place = folder.Directory;
            made.Make(folder);
            if (RunLock.TryCreate(folder, purpose, time) is { } runLock)
            {
                return (folder, runLock);
            }
        }

        throw new IOException($"No version could be reserved in {MaxAttempts} attempts.");
    }

    // ENOSPC, and EDQUOT of Linux and macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static bool IsFull(Exception exception) =>
        (exception.HResult & 0xFFFF) is var code && (OperatingSystem.IsWindows() ? code is 112 or 39 : code is 28 or 122 or 69);

    // A save directory that is a link is the user's choice; a link below it would take a name to a place that nobody configured.
    private static void RefuseWayOut(RunFolder folder)
    {
        var real = RealPath.Of(folder.StateDirectory);
        if (!RealPath.IsWithin(real, RealPath.Of(folder.SaveDir)))
        {
            throw new IOException($"a symbolic link leads out of {folder.SaveDir}, to {real}.");
        }
    }

    private static RunRecord NewRecord(RunFolder folder, TimeProvider time) => new()
    {
        RunId = Guid.NewGuid().ToString("N"),
        Name = folder.Name,
        Version = folder.Version,
        Created = time.GetUtcNow(),
    };
}
