using Microsoft.Extensions.Time.Testing;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Runs;

public sealed class OpenedRunTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string SaveDir => Path.Combine(_root.FullName, "runs");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Without_a_version_each_run_gets_the_next()
    {
        using var first = Open("digits");
        using var second = Open("digits");
        using var other = Open("letters");

        Assert.Equal(("version_0", "version_1", "version_0"), (first.Folder.Version, second.Folder.Version, other.Folder.Version));
        Assert.False(first.IsResumed || second.IsResumed || other.IsResumed);
        Assert.NotEqual(first.Record.RunId, second.Record.RunId);
        Assert.Matches("^[0-9a-f]{32}$", first.Record.RunId);
    }

    [Fact]
    public void A_new_run_is_recorded_at_once()
    {
        using var run = Open("team/digits", "fold 3");

        var record = RunRecord.Read(run.Folder.RecordFile);
        Assert.Equal(("team/digits", "fold 3", RunStatus.Running), (record.Name, record.Version, record.Status));
        Assert.Equal(_time.GetUtcNow(), record.Created);
        Assert.Null(record.Ended);
    }

    [Fact]
    public void A_save_directory_may_be_new_and_end_with_a_separator()
    {
        var saveDir = Path.Combine(_root.FullName, "new", "runs");

        using var run = OpenedRun.Open(saveDir + Path.DirectorySeparatorChar, "digits", version: null, LockPurpose.Log, _time);

        Assert.Equal(saveDir, run.Folder.SaveDir);
        Assert.Equal(Path.Combine(saveDir, "digits", "version_0"), run.Folder.Directory);
    }

    [Fact]
    public void Naming_a_version_that_is_there_resumes_it_with_its_identity()
    {
        string runId;
        using (var first = Open("digits"))
        {
            runId = first.Record.RunId;
            first.Update(record => record with { Status = RunStatus.Finished, Ended = _time.GetUtcNow() });
        }

        _time.Advance(TimeSpan.FromDays(1));
        using var second = Open("digits", "version_0");

        Assert.True(second.IsResumed);
        Assert.Equal((runId, RunStatus.Finished), (second.Record.RunId, second.Record.Status));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromDays(1), second.Record.Created);
    }

    [Fact]
    public void A_run_that_is_being_written_cannot_be_opened_a_second_time()
    {
        using var first = Open("digits");

        Assert.Throws<RunLockedException>(() => Open("digits", "version_0"));
    }

    [Fact]
    public void A_reservation_whose_process_died_before_it_wrote_anything_is_passed_over_and_can_be_named()
    {
        var died = new RunFolder(SaveDir, "digits", "version_0");
        Directory.CreateDirectory(died.StateDirectory);
        File.WriteAllText(died.LockFile, "");

        using var next = Open("digits");
        using var named = Open("digits", "version_0");

        Assert.Equal("version_1", next.Folder.Version);
        Assert.False(named.IsResumed);
    }

    [Fact]
    public void A_folder_that_another_program_made_is_not_taken_but_can_be_named()
    {
        Directory.CreateDirectory(Path.Combine(SaveDir, "digits", "version_6"));

        using var next = Open("digits");
        using var named = Open("digits", "version_6");

        Assert.Equal("version_7", next.Folder.Version);
        Assert.False(named.IsResumed);
    }

    [Fact]
    public void Names_are_refused_before_anything_is_made()
    {
        Assert.Throws<ArgumentException>(() => Open("../digits"));
        Assert.Throws<ArgumentException>(() => Open("digits", "../../etc"));
        Assert.False(Directory.Exists(SaveDir));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("runs/digits")]
    [InlineData("runs/digits/version_0")]
    [InlineData("runs/digits/version_0/.pluginloggers")]
    public void A_file_where_a_folder_should_be_stops_the_start_with_the_cure(string inTheWay)
    {
        var path = Path.Combine(_root.FullName, inTheWay);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        var mistake = Assert.Throws<IOException>(() => Open("digits", "version_0"));

        Assert.Contains(Path.Combine(SaveDir, "digits", "version_0"), mistake.Message, StringComparison.Ordinal);
        Assert.Contains("SaveDir", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_stops_the_start_with_the_cure()
    {
        Directory.CreateDirectory(new RunFolder(SaveDir, "digits", "version_0").LockFile);

        Assert.Contains("SaveDir", Assert.Throws<IOException>(() => Open("digits", "version_0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_cannot_be_read_stops_the_start_is_left_alone_and_the_lock_is_released()
    {
        var folder = new RunFolder(SaveDir, "digits", "version_0");
        Directory.CreateDirectory(folder.StateDirectory);
        File.WriteAllText(folder.RecordFile, "{ torn");

        Assert.Throws<InvalidDataException>(() => Open("digits", "version_0"));
        Assert.Equal("{ torn", File.ReadAllText(folder.RecordFile));

        File.Delete(folder.RecordFile);
        using var run = Open("digits", "version_0");
        Assert.False(run.IsResumed);
    }

    [Fact]
    public void A_save_directory_may_be_a_link_but_a_name_leads_nowhere_outside()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_root.FullName, "outside")).FullName;
        var disk = Directory.CreateDirectory(Path.Combine(_root.FullName, "disk")).FullName;
        Directory.CreateSymbolicLink(SaveDir, disk);
        Directory.CreateSymbolicLink(Path.Combine(disk, "escape"), outside);
        Directory.CreateSymbolicLink(Path.Combine(disk, "alias"), Path.Combine(disk, "digits"));
        Directory.CreateDirectory(Path.Combine(disk, "digits"));

        using var run = Open("digits");
        using var aliased = Open("alias");
        var mistake = Assert.Throws<IOException>(() => Open("escape"));

        Assert.True(Directory.Exists(Path.Combine(disk, "digits", "version_0")));
        Assert.Equal("version_1", aliased.Folder.Version);
        Assert.Contains("symbolic link", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public void A_version_that_is_a_link_to_the_outside_is_refused_too()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_root.FullName, "outside")).FullName;
        Directory.CreateDirectory(Path.Combine(SaveDir, "digits"));
        Directory.CreateSymbolicLink(Path.Combine(SaveDir, "digits", "best"), outside);

        Assert.Throws<IOException>(() => Open("digits", "best"));
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public async Task Changes_from_many_threads_are_all_kept()
    {
        using var run = Open("digits");

        await Parallel.ForAsync(0, 50, (i, _) =>
        {
            run.Update(record => record with { Tags = new Dictionary<string, string>(record.Tags) { [$"tag {i}"] = "x" } });
            return ValueTask.CompletedTask;
        });

        Assert.Equal(50, RunRecord.Read(run.Folder.RecordFile).Tags.Count);
        Assert.Equal(50, run.Record.Tags.Count);
    }

    [Fact]
    public void A_change_that_cannot_be_written_is_not_made()
    {
        using var run = Open("digits");
        Directory.CreateDirectory(run.Folder.RecordFile + ".tmp");

        Assert.ThrowsAny<Exception>(() => run.Update(record => record with { Incomplete = true }));

        Assert.False(run.Record.Incomplete);
        Assert.False(RunRecord.Read(run.Folder.RecordFile).Incomplete);
    }

    private OpenedRun Open(string name, string? version = null) => OpenedRun.Open(SaveDir, name, version, LockPurpose.Log, _time);
}
