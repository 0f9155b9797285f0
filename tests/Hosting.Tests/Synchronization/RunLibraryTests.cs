using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Synchronization;

/// <summary>Who is said to write a run.</summary>
public sealed class RunLibraryTests : IDisposable
{
    /// <summary>No system gives this number to a process.</summary>
    private const int Nobody = int.MaxValue;

    private readonly DirectoryInfo _saveDir = Directory.CreateTempSubdirectory("runs-");

    public void Dispose() => _saveDir.Delete(recursive: true);

    [Fact]
    public void A_process_of_another_container_writes_the_run_though_its_number_means_nothing_here()
    {
        using var run = Open();
        ChangeOwner(run.Folder, owner => owner with { Host = "other-container", ProcessId = Nobody });

        var summary = Summary();

        Assert.Contains("on other-container", summary.Writer, StringComparison.Ordinal);
        Assert.False(summary.IsInterrupted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other-container")]
    public void One_that_left_nothing_but_its_note_does_not(string? host)
    {
        using (var run = Open())
        {
            ChangeOwner(run.Folder, owner => owner with { Host = host ?? owner.Host, Boot = owner.Boot ?? "same", ProcessId = Nobody });
            File.Copy(run.Folder.LockOwnerFile, Note(run.Folder));
        }

        var folder = RunStore.Find(_saveDir.FullName).Single();
        File.Move(Note(folder), folder.LockOwnerFile);
        var here = LockOwner.Read(folder.LockOwnerFile)!.SharesLocksWith(LockOwner.Current(LockPurpose.Sync, TimeProvider.System));

        Assert.Equal(here, Summary().IsInterrupted);
        Assert.Equal(here, Summary().Writer is null);
    }

    [Fact]
    public void One_of_another_computer_is_believed()
    {
        using var run = Open();
        ChangeOwner(run.Folder, owner => owner with { Host = "gpu-07", Boot = "another" });

        Assert.Contains("on gpu-07", Summary().Writer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_takes_the_lock_from_nobody()
    {
        using (var run = Open())
        {
            Assert.True(RunLock.IsHeld(run.Folder));
            Assert.Throws<RunLockedException>(Open);
        }

        var folder = RunStore.Find(_saveDir.FullName).Single();
        Assert.False(RunLock.IsHeld(folder));
        File.Delete(folder.LockFile);
        Assert.False(RunLock.IsHeld(folder));
        Assert.False(File.Exists(folder.LockFile));
    }

    private static string Note(RunFolder folder) => folder.LockOwnerFile + ".kept";

    private static void ChangeOwner(RunFolder folder, Func<LockOwner, LockOwner> change) =>
        change(LockOwner.Read(folder.LockOwnerFile)!).Write(folder.LockOwnerFile);

    private OpenedRun Open() => OpenedRun.Open(_saveDir.FullName, "digits", "version_0", LockPurpose.Log, TimeProvider.System);

    private RunSummary Summary() => new RunLibrary(_saveDir.FullName).List().Single();
}
