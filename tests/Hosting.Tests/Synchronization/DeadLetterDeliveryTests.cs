using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Synchronization;

/// <summary>What a logger refused is handed to it again when the user wants that.</summary>
public sealed class DeadLetterDeliveryTests : IDisposable
{
    private const string Server = "server=Switchable";

    private readonly RunYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public async Task What_is_taken_now_is_delivered_once_at_its_time_and_no_letter_any_more()
    {
        _yard.Plugin.Refuses = static name => name == "bad" ? new LoggerRejectedException("no such metric") : null;
        await LogAsync(static run =>
        {
            run.LogMetrics([("loss", 1), ("bad", 2)], 7);
            run.LogMetric("bad", 3, 8);
            run.LogMetric("loss", 4, 9);
        });
        Assert.Equal(2, Delivery().DeadLetters);
        Assert.Equal([7L, 9], _yard.Plugin.Saved.Select(point => point.Step));
        Assert.True((await SynchronizeAsync(deadLetters: false)).IsComplete);
        Assert.Equal(2, Delivery().DeadLetters);

        _yard.Plugin.Refuses = static _ => null;
        Assert.True((await SynchronizeAsync()).IsComplete);

        Assert.Equal(
            [("loss", 1, 7L), ("loss", 4, 9), ("bad", 2, 7), ("bad", 3, 8)],
            _yard.Plugin.Saved.Select(point => (point.Name, point.Value, point.Step)));
        Assert.Equal(_yard.Plugin.Saved[0].Time, _yard.Plugin.Saved[2].Time);
        Assert.Equal((0, 3), (Delivery().DeadLetters, Delivery().DeliveredRecords));
        Assert.Empty(await File.ReadAllLinesAsync(Index()));
        Assert.True((await SynchronizeAsync()).IsComplete);
        Assert.Equal(4, _yard.Plugin.Saved.Count);
    }

    [Fact]
    public async Task What_is_refused_again_stays_a_letter_and_is_said_with_the_reason()
    {
        _yard.Plugin.Refuses = static name => name != "loss" ? new LoggerRejectedException("no such metric") : null;
        await LogAsync(static run =>
        {
            run.LogMetric("bad", 1);
            run.LogMetrics([("bad", 2), ("worse", 3)]);
        });
        Assert.Equal(3, Delivery().DeadLetters);

        _yard.Plugin.Refuses = static name => name == "worse" ? new LoggerRejectedException("still not") : null;
        var result = await SynchronizeAsync();

        Assert.Contains("server: 1 dead letters are left: still not", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.False(result.IsComplete);
        Assert.Equal(["bad", "bad"], _yard.Plugin.Saved.Select(point => point.Name));
        Assert.Equal(1, Delivery().DeadLetters);
        Assert.Contains("still not", Assert.Single(await File.ReadAllLinesAsync(Index())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_good_metrics_of_a_whole_call_that_is_refused_again_are_delivered_once()
    {
        _yard.Plugin.Refuses = static _ => new LoggerRejectedException("no");
        await LogAsync(static run => run.LogMetrics([("good", 1), ("bad", 2), ("better", 3)], 7));
        var whole = (await File.ReadAllLinesAsync(Index()))[0].Replace("\"metric\":\"good\",", "", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Index(), whole + "\n");

        _yard.Plugin.Refuses = static name => name == "bad" ? new LoggerRejectedException("still not") : null;
        var result = await SynchronizeAsync();

        Assert.Contains("server: 1 dead letters are left: still not", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal(["good", "better"], _yard.Plugin.Saved.Select(point => point.Name));
        Assert.Contains("\"metric\":\"bad\"", Assert.Single(await File.ReadAllLinesAsync(Index())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_alone_does_not_keep_the_others()
    {
        await LogLettersAsync(50);
        _yard.Plugin.Refuses = static name => name is "bad 13" or "bad 40" ? new IOException("500") : null;

        var result = await SynchronizeAsync();

        Assert.Single(result.Notes);
        Assert.Equal(
            Enumerable.Range(0, 50).Where(i => i is not (13 or 40)).Select(i => $"bad {i}"), _yard.Plugin.Saved.Select(point => point.Name));
        Assert.Equal(2, Delivery().DeadLetters);
    }

    [Fact]
    public async Task An_outage_ends_it_with_all_letters_left()
    {
        await LogLettersAsync(50);
        var tries = 0;
        _yard.Plugin.Refuses = _ =>
        {
            tries++;
            return new HttpRequestException("unreachable");
        };

        var result = await SynchronizeAsync();

        Assert.Contains("50 dead letters are left: unreachable", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.InRange(tries, 1, 20);
        Assert.Equal(50, Delivery().DeadLetters);
    }

    [Fact]
    public async Task A_crash_before_the_index_is_written_doubles_nothing()
    {
        await LogLettersAsync(5);
        var before = await File.ReadAllTextAsync(Index());
        Assert.True((await SynchronizeAsync()).IsComplete);
        await File.WriteAllTextAsync(Index(), before);

        _yard.Plugin.Refuses = static name => name == "bad" ? new LoggerRejectedException("no") : null;
        await using (var program = _yard.Program(Server))
        {
            var run = program.GetRequiredService<ILightningLoggerFactory>().Create(new RunDescription { Version = "version_0" });
            run.LogMetric("bad", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        _yard.Plugin.Refuses = static _ => null;
        Assert.True((await SynchronizeAsync()).IsComplete);
        Assert.Equal(["bad 0", "bad 1", "bad 2", "bad 3", "bad 4", "bad"], _yard.Plugin.Saved.Select(point => point.Name));
        Assert.Equal(0, Delivery().DeadLetters);
    }

    [Fact]
    public async Task An_instance_that_throws_when_it_is_disposed_has_what_it_saved()
    {
        await LogLettersAsync(5);
        _yard.Plugin.ClingsToLife = true;

        Assert.True((await SynchronizeAsync()).IsComplete);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"bad {i}"), _yard.Plugin.Saved.Select(point => point.Name));
        Assert.Equal(0, Delivery().DeadLetters);
    }

    [DebugFact]
    public async Task What_is_delivered_is_not_handed_over_again_when_the_disk_refuses_to_take_that_down()
    {
        foreach (var (file, left) in new[] { ("server.dead-letters.jsonl.tmp", 0), ("server.cursor.json.tmp", 5) })
        {
            using var yard = new DeadLetterDeliveryTests();
            await yard.LogLettersAsync(5);
            var disk = new RefusingDisk(Path.GetDirectoryName(yard.Index())!, "create", file);
            var full = await yard.SynchronizeAsync();
            disk.Dispose();

            Assert.Equal(left == 0, full.IsComplete);
            Assert.Equal(left, yard.Delivery().DeadLetters);
            Assert.Equal(
                left == 0 ? [] : [$"server: 5 dead letters are left: {RefusingDisk.Full}"],
                full.Notes.Select(note => note.Split(" : ")[0]));
            Assert.True((await yard.SynchronizeAsync()).IsComplete);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => $"bad {i}"), yard._yard.Plugin.Saved.Select(point => point.Name));
        }
    }

    private async Task LogLettersAsync(int count)
    {
        _yard.Plugin.Refuses = static _ => new LoggerRejectedException("not now");
        await LogAsync(run =>
        {
            for (var i = 0; i < count; i++)
            {
                run.LogMetric($"bad {i}", i);
            }
        });
        _yard.Plugin.Refuses = static _ => null;
        Assert.Equal(count, Delivery().DeadLetters);
    }

    private async Task LogAsync(Action<LightningRun> log)
    {
        await using var program = _yard.Program(Server);
        var run = program.GetRequiredService<LightningRun>();
        log(run);
        await run.FinalizeAsync(RunStatus.Finished);
    }

    private async Task<SynchronizedRun> SynchronizeAsync(bool deadLetters = true)
    {
        var synchronizer = _yard.Synchronizer(deadLetters, Server);
        return await synchronizer.SynchronizeAsync(_yard.Library.List().Single());
    }

    private LoggerDelivery Delivery() => Assert.Single(_yard.Library.List().Single().Deliveries);

    private string Index() => Path.Combine(_yard.Library.List().Single().Directory, ".pluginloggers", "server.dead-letters.jsonl");
}
