using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _saveDir = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RunFolder _folder;

    public RunLockTests()
    {
        _folder = new RunFolder(_saveDir.FullName, "digits", "version_0");
        Directory.CreateDirectory(_folder.StateDirectory);
    }

    public void Dispose() => _saveDir.Delete(recursive: true);

    [Fact]
    public void The_owner_can_be_read_while_the_lock_is_held_and_is_gone_with_it()
    {
        using (Acquire())
        {
            var owner = LockOwner.Read(_folder.LockOwnerFile);
            Assert.Equal(LockOwner.Current(LockPurpose.Log, _time), owner);
        }

        Assert.False(File.Exists(_folder.LockOwnerFile));
    }

    [Fact]
    public void A_second_one_is_refused_until_the_first_lets_go()
    {
        var first = Acquire();
        var mistake = Assert.Throws<RunLockedException>(Acquire);
        first.Dispose();

        Assert.Equal(Environment.ProcessId, mistake.ProcessId);
        Assert.Equal(Environment.MachineName, mistake.Host);
        Assert.Contains(_folder.Directory, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("this process has it", mistake.Message, StringComparison.Ordinal);
        Acquire().Dispose();
    }

    [Fact]
    public void Releasing_twice_takes_nothing_from_the_next_owner()
    {
        var first = Acquire();
        first.Dispose();
        using var second = Acquire();
        first.Dispose();

        Assert.NotNull(LockOwner.Read(_folder.LockOwnerFile));
        Assert.Throws<RunLockedException>(Acquire);
    }

    [Fact]
    public void Of_many_who_would_create_a_run_one_does()
    {
        var locks = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => RunLock.TryCreate(_folder, LockPurpose.Log, _time)).ToList();

        Assert.Single(locks, taken => taken is not null);
        locks.ForEach(static taken => taken?.Dispose());
        Assert.Null(RunLock.TryCreate(_folder, LockPurpose.Log, _time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("no json at all")]
    public void An_owner_file_that_cannot_be_read_blocks_nobody(string content)
    {
        File.WriteAllText(_folder.LockOwnerFile, content);

        Acquire().Dispose();
    }

    [Fact]
    public void A_process_of_this_computer_that_left_its_owner_file_behind_blocks_nobody()
    {
        (LockOwner.Current(LockPurpose.Log, _time) with { ProcessId = 1, Boot = "before the power went" }).Write(_folder.LockOwnerFile);

        Acquire().Dispose();
    }

    [Fact]
    public void A_container_on_this_computer_that_left_its_owner_file_behind_blocks_nobody()
    {
        var self = LockOwner.Current(LockPurpose.Log, _time);
        (self with { Host = "4f1c2a", Boot = "same" }).Write(_folder.LockOwnerFile);

        Assert.True(LockOwner.Read(_folder.LockOwnerFile)!.SharesLocksWith(self with { Boot = "same" }));
        Assert.False(LockOwner.Read(_folder.LockOwnerFile)!.SharesLocksWith(self with { Boot = null }));
    }

    [Fact]
    public void A_lock_of_another_computer_is_respected_though_the_system_does_not_see_it()
    {
        var other =
            LockOwner.Current(LockPurpose.Log, _time) with { Host = "gpu-07", Boot = "another", ProcessId = 4711, Program = "train" };
        other.Write(_folder.LockOwnerFile);

        var mistake = Assert.Throws<RunLockedException>(Acquire);

        Assert.Equal("gpu-07", mistake.Host);
        Assert.Contains("process 4711 (train) on gpu-07, since 2026-01-02 03:04:05Z", mistake.Message, StringComparison.Ordinal);
        Assert.Contains($"delete {_folder.LockOwnerFile}", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(other, LockOwner.Read(_folder.LockOwnerFile));

        File.Delete(_folder.LockOwnerFile);
        Acquire().Dispose();
    }

    [Fact]
    public void A_lock_file_that_cannot_be_written_is_not_taken_for_a_lock()
    {
        Directory.CreateDirectory(_folder.LockFile);

        var mistake = Assert.ThrowsAny<Exception>(Acquire);

        Assert.IsNotType<RunLockedException>(mistake);
    }

    [Theory]
    [InlineData(nameof(LockPurpose.Log))]
    [InlineData(nameof(LockPurpose.Sync))]
    public void The_wish_of_a_process_that_died_while_it_waited_is_gone_with_the_next_owner(string purpose)
    {
        File.WriteAllBytes(_folder.LockWantedFile, []);

        using var taken = RunLock.Acquire(_folder, Enum.Parse<LockPurpose>(purpose), _time);

        Assert.False(File.Exists(_folder.LockWantedFile));
    }

    [Fact]
    public async Task A_process_that_waits_says_so_again_and_again_and_no_more_when_it_has_the_run()
    {
        var synchronizing = RunLock.Acquire(_folder, LockPurpose.Sync, _time);
        var waiting = Task.Run(Acquire);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_folder.LockWantedFile), Patience));
        File.Delete(_folder.LockWantedFile);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_folder.LockWantedFile), Patience));

        synchronizing.Dispose();
        using var resumed = await waiting;

        Assert.False(File.Exists(_folder.LockWantedFile));
        Assert.Equal(LockPurpose.Log, LockOwner.Read(_folder.LockOwnerFile)!.Purpose);
    }

    private RunLock Acquire() => RunLock.Acquire(_folder, LockPurpose.Log, _time);
}
