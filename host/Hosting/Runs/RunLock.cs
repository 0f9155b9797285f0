using PluginLoggers.Storage;

namespace PluginLoggers.Hosting.Runs;

/// <summary>The right to write a run, held by one process at a time and released by its end, however it ends.</summary>
/// <remarks>
/// The lock is the operating system's, on a file that is never deleted: a file deleted while somebody else waits to open it could be
/// locked twice. Who holds it stands in a second file, because the locked one cannot be read on Windows.
/// </remarks>
internal sealed class RunLock : IDisposable
{
    /// <summary>
    /// How long one that logs waits for one that synchronizes: that looks once a second whether it is to give way, and ends what it is
    /// sending.
    /// </summary>
    private static readonly TimeSpan WaitForSync = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly string _ownerFile;

    private RunLock(FileStream file, RunFolder folder)
    {
        (_file, _ownerFile) = (file, folder.LockOwnerFile);
    }

    /// <summary>
    /// Takes the lock of a run whose <see cref="RunFolder.StateDirectory"/> exists. One that synchronizes gives way to one that logs.
    /// </summary>
    /// <exception cref="RunLockedException">Another process has it.</exception>
    /// <exception cref="IOException">The lock's file cannot be written.</exception>
    public static RunLock Acquire(RunFolder folder, LockPurpose purpose, TimeProvider time)
    {
        try
        {
            return AcquireAtOnce(folder, purpose, time);
        }
        catch (RunLockedException locked) when (purpose == LockPurpose.Log && locked.Owner is { Purpose: LockPurpose.Sync })
        {
            return AcquireFromSync(folder, time);
        }
    }

    private static RunLock AcquireFromSync(RunFolder folder, TimeProvider time)
    {
        var started = time.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        try
        {
            while (true)
            {
                Wish(folder);
                try
                {
                    return AcquireAtOnce(folder, LockPurpose.Log, time);
                }
                catch (RunLockedException) when (time.GetElapsedTime(started) < WaitForSync)
                {
                    pause.Wait(Glance);
                }
            }
        }
        finally
        {
            ForgetWishes(folder);
        }
    }

    /// <summary>Says that somebody waits; said again at each glance, because whoever takes the lock forgets what was said before.</summary>
    private static void Wish(RunFolder folder)
    {
        try
        {
            File.WriteAllBytes(folder.LockWantedFile, []);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // At the next glance then; on Windows two who wait cannot write it at once.
        }
    }

    /// <summary>One who died while it waited has left its wish, and a run has no use for it: whoever still waits says so again.</summary>
    private static void ForgetWishes(RunFolder folder)
    {
        try
        {
            File.Delete(folder.LockWantedFile);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // On Windows somebody is writing it.
        }
    }

    private static RunLock AcquireAtOnce(RunFolder folder, LockPurpose purpose, TimeProvider time)
    {
        FileStream file;
        try
        {
            file = OpenFile(folder, FileMode.OpenOrCreate);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw Locked(folder, LockOwner.Read(folder.LockOwnerFile), LockOwner.Current(purpose, time), exception);
        }

        return Own(file, folder, purpose, time);
    }

    /// <summary>Takes the lock of a run that nobody ever had: of all who try, one succeeds.</summary>
    /// <returns>Null if somebody was quicker.</returns>
    /// <exception cref="IOException">The lock's file cannot be written.</exception>
    public static RunLock? TryCreate(RunFolder folder, LockPurpose purpose, TimeProvider time)
    {
        FileStream file;
        try
        {
            file = OpenFile(folder, FileMode.CreateNew);
        }
        catch (IOException) when (File.Exists(folder.LockFile))
        {
            return null;
        }

        return Own(file, folder, purpose, time);
    }

    /// <summary>Whether somebody has the lock of a run at this moment, as far as the operating system knows.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        try
        {
            // Shared, so that two who look at once do not take each other for the owner.
            using var file = new FileStream(folder.LockFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return false;
        }
        catch (IOException exception)
        {
            return IsLocked(exception);
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        if (!_file.CanWrite)
        {
            return;
        }

        try
        {
            // Before the lock goes: afterwards the file may be the next owner's.
            DurableStep.Before("delete", _ownerFile);
            File.Delete(_ownerFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What stays names a process of this computer, and is overruled by the lock itself.
        }

        _file.Dispose();
    }

    private static FileStream OpenFile(RunFolder folder, FileMode mode)
    {
        DurableStep.Before("open", folder.LockFile);
        return new FileStream(folder.LockFile, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    private static RunLock Own(FileStream file, RunFolder folder, LockPurpose purpose, TimeProvider time)
    {
        try
        {
            var self = LockOwner.Current(purpose, time);
            if (LockOwner.Read(folder.LockOwnerFile) is { } owner && !owner.SharesLocksWith(self))
            {
                throw Locked(folder, owner, self, innerException: null);
            }

            self.Write(folder.LockOwnerFile);
            ForgetWishes(folder);
            return new RunLock(file, folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // What a path that is missing, a directory in the way or a full disk throw has another type or code; the codes are EWOULDBLOCK and its
    // like.
    private static bool IsLocked(IOException exception) =>
        exception.GetType() == typeof(IOException)
        && (exception.HResult & 0xFFFF) is var code
        && (OperatingSystem.IsWindows() ? code is 32 or 33 : code is 11 or 35);

    private static RunLockedException Locked(RunFolder folder, LockOwner? owner, LockOwner self, Exception? innerException)
    {
        var who = owner switch
        {
            null => "another process",
            _ when owner.Host == self.Host && owner.ProcessId == self.ProcessId => "this process",
            _ => FormattableString.Invariant($"process {owner.ProcessId} ({owner.Program}) on {owner.Host}, since {owner.Since:u},"),
        };
        var cure = owner is null || owner.SharesLocksWith(self)
            ? "Wait until it has ended, or choose another version."
            : $"If that process is gone, delete {folder.LockOwnerFile}; otherwise choose another version.";
        return new RunLockedException($"The run {folder.Directory} is being written: {who} has it. {cure}", owner, innerException);
    }
}
