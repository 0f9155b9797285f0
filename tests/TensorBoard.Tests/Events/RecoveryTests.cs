namespace PluginLoggers.TensorBoard.Tests;

/// <summary>What is in the file after a crash, wherever it came.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 30, 0, 0, 0, 0, 0, 0, 0, 0xD9, 0xDC, 0x12 })]
    public async Task What_stands_behind_the_bookmark_is_cut_off(byte[] tail)
    {
        using var run = new TestRun();
        var bookmark = await SaveAsync(run, null, 0);
        await SaveAsync(run, bookmark, 1);
        var expected = await File.ReadAllBytesAsync(run.EventFile);

        // A write that was cut off anywhere, and one that was whole but never bookmarked.
        var position = EventFilePosition.Parse(bookmark!)!;
        for (var length = position.Length; length <= expected.Length; length++)
        {
            await File.WriteAllBytesAsync(run.EventFile, [.. expected.AsSpan(0, (int)length), .. tail]);

            await SaveAsync(run, bookmark, 1);

            Assert.Equal(expected, await File.ReadAllBytesAsync(run.EventFile));
        }
    }

    [Fact]
    public async Task Beginning_anew_replaces_what_an_earlier_attempt_left()
    {
        using var run = new TestRun();
        await SaveAsync(run, null, 0);
        var expected = await File.ReadAllBytesAsync(run.EventFile);
        await File.WriteAllBytesAsync(run.EventFile, [.. expected, .. new byte[10_000]]);
        var name = Path.GetFileName(run.EventFile);
        var other = Path.Combine(run.Folder, name.Replace(Environment.MachineName, "other-host", StringComparison.Ordinal) + ".v2");
        await File.WriteAllBytesAsync(other, expected);

        await SaveAsync(run, null, 0);

        Assert.Equal(expected, await File.ReadAllBytesAsync(run.EventFile));
        Assert.Equal(name, Path.GetFileName(run.EventFile));
    }

    [Fact]
    public async Task Files_of_others_are_left_alone()
    {
        using var run = new TestRun();
        string[] others = ["events.out.tfevents.1700000000.host.4242.0", "events.out.tfevents.1600000000.host.1.0", "metrics.csv"];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(run.Folder, other), other);
        }

        await SaveAsync(run, null, 0);

        Assert.All(others, other => Assert.Equal(other, File.ReadAllText(Path.Combine(run.Folder, other))));
    }

    [Fact]
    public async Task A_run_resumed_on_another_host_goes_on_in_its_file()
    {
        using var run = new TestRun();
        var bookmark = (await SaveAsync(run, null, 0))!;
        var moved = bookmark.Replace(Environment.MachineName, "elsewhere", StringComparison.Ordinal);
        File.Move(run.EventFile, Path.Combine(run.Folder, EventFilePosition.Parse(moved)!.FileName));

        await SaveAsync(run, moved, 1);

        Assert.Equal([0, 1], run.Logged.Select(record => record.Event.Step));
    }

    [Fact]
    public async Task A_file_shorter_than_its_bookmark_is_told_and_refused()
    {
        using var run = new TestRun();
        var bookmark = await SaveAsync(run, null, 0);
        var whole = await File.ReadAllBytesAsync(run.EventFile);
        await File.WriteAllBytesAsync(run.EventFile, whole[..^1]);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => SaveAsync(run, bookmark, 1));

        Assert.Contains(run.EventFile, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{whole.Length - 1} bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, Assert.Single(run.Told));
        Assert.Equal(whole[..^1], await File.ReadAllBytesAsync(run.EventFile));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused_and_not_begun_in_the_middle()
    {
        using var run = new TestRun();
        var bookmark = await SaveAsync(run, null, 0);
        File.Delete(run.EventFile);

        await Assert.ThrowsAsync<InvalidDataException>(() => SaveAsync(run, bookmark, 1));

        Assert.Empty(run.EventFiles);
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_it_is_open_is_noticed_at_the_next_save()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogMetric("loss", 1, 0);
        await logger.SaveAsync();
        File.Delete(run.EventFile);
        logger.LogMetric("loss", 1, 1);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await logger.SaveAsync());
    }

    [Fact]
    public async Task A_foreign_bookmark_is_refused_before_anything_is_touched()
    {
        using var run = new TestRun();

        await Assert.ThrowsAsync<InvalidDataException>(() => SaveAsync(run, "../../escaped", 0));

        Assert.Contains("../../escaped", Assert.Single(run.Told), StringComparison.Ordinal);
        Assert.Empty(run.EventFiles);
    }

    [Fact]
    public async Task A_save_that_failed_can_be_made_again()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { SubDirectory = "sub" } };
        var blocked = Path.Combine(run.Folder, "sub");
        await File.WriteAllTextAsync(blocked, "a file where the folder should be");
        await using var logger = run.Create();
        logger.LogMetric("loss", 1, 0);
        await Assert.ThrowsAnyAsync<IOException>(async () => await logger.SaveAsync());
        Assert.Null(logger.Bookmark);

        File.Delete(blocked);
        logger.LogMetric("loss", 1, 1);
        await logger.SaveAsync();

        Assert.Equal([0, 1], run.Logged.Select(record => record.Event.Step));
    }

    [Fact]
    public async Task A_cancelled_save_keeps_everything_for_the_next_one()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogMetric("loss", 1, 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await logger.SaveAsync(new CancellationToken(canceled: true)));

        await logger.SaveAsync();

        Assert.Single(run.Logged);
    }

    private static async Task<string?> SaveAsync(TestRun run, string? bookmark, long step)
    {
        await using var logger = run.Create(bookmark);
        logger.LogMetric("loss", 0.5, step);
        await logger.SaveAsync();
        return logger.Bookmark;
    }
}
