using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

/// <summary>What only separate processes can show.</summary>
public sealed class RunProcessTests : IDisposable
{
    private readonly DirectoryInfo _saveDir = Directory.CreateTempSubdirectory();

    public void Dispose() => _saveDir.Delete(recursive: true);

    [Fact]
    public async Task Thirty_two_processes_at_once_get_thirty_two_versions()
    {
        var processes = Enumerable.Range(0, 32).Select(_ => RunProcess.Start(_saveDir.FullName, "digits")).ToList();
        try
        {
            await Task.WhenAll(processes.Select(process => process.UntilReadyAsync()));
            processes.ForEach(static process => process.Continue());
            var versions = await Task.WhenAll(processes.Select(process => process.ReadLineAsync()));

            Assert.Equal(Enumerable.Range(0, 32).Select(VersionNumber.Format).Order(), versions.Order());
            Assert.Equal(32, RunStore.Find(_saveDir.FullName).Select(run => RunRecord.Read(run.RecordFile).RunId).Distinct().Count());
        }
        finally
        {
            processes.ForEach(static process => process.Dispose());
        }
    }

    [Fact]
    public async Task A_second_process_is_told_who_has_the_run()
    {
        using var process = RunProcess.Start(_saveDir.FullName, "digits", "version_0");
        await process.OpenAsync();

        var mistake = Assert.Throws<RunLockedException>(Resume);

        Assert.Equal(process.Id, mistake.ProcessId);
        Assert.Contains("PluginLoggers.RunProcess", mistake.Message, StringComparison.Ordinal);

        using var third = RunProcess.Start(_saveDir.FullName, "digits", "version_0");
        Assert.Contains($"process {process.Id} ", await third.OpenAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_was_killed_blocks_nobody()
    {
        using var process = RunProcess.Start(_saveDir.FullName, "digits", "version_0");
        await process.OpenAsync();
        await process.KillAsync();

        Assert.NotNull(LockOwner.Read(new RunFolder(_saveDir.FullName, "digits", "version_0").LockOwnerFile));
        using var resumed = Resume();

        Assert.True(resumed.IsResumed);
        Assert.Equal(RunStatus.Running, resumed.Record.Status);
    }

    [Fact]
    public async Task A_process_that_ends_releases_the_run()
    {
        using var process = RunProcess.Start(_saveDir.FullName, "digits", "version_0");
        await process.OpenAsync();
        await process.EndAsync();

        Resume().Dispose();
    }

    private OpenedRun Resume() => OpenedRun.Open(_saveDir.FullName, "digits", "version_0", LockPurpose.Log, TimeProvider.System);
}
