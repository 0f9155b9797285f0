using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.Synchronization;

public sealed class RunSynchronizerTests : IDisposable
{
    private readonly RunYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public async Task What_a_dead_backend_missed_is_delivered_once()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(50, "server=Switchable", "csv=Csv");
        var behind = _yard.Library.List().Single();
        Assert.False(Delivery(behind, "server").IsComplete);
        Assert.True(Delivery(behind, "csv").IsComplete);

        _yard.Plugin.IsDown = false;
        var result = await _yard.Synchronizer("server=Switchable", "csv=Csv").SynchronizeAsync(behind);

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
        Assert.Equal(Enumerable.Range(0, 50).Select(step => (long)step), _yard.Plugin.Saved.Select(point => point.Step));
        Assert.Equal([RunStatus.Finished], _yard.Plugin.Statuses);
        Assert.True(_yard.Library.List().Single().Deliveries.All(delivery => delivery.IsComplete));
    }

    [Fact]
    public async Task Synchronizing_twice_changes_nothing()
    {
        await LogAsync(10, "server=Switchable");
        var run = _yard.Library.List().Single();

        Assert.True((await _yard.Synchronizer("server=Switchable").SynchronizeAsync(run)).IsComplete);
        Assert.True((await _yard.Synchronizer("server=Switchable").SynchronizeAsync(run)).IsComplete);
        Assert.Equal(10, _yard.Plugin.Saved.Count);
    }

    [Fact]
    public async Task A_backend_that_is_still_dead_leaves_the_run_behind_and_says_why()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable");

        var result = await _yard.Synchronizer("server=Switchable").SynchronizeAsync(_yard.Library.List().Single());

        Assert.False(result.IsComplete);
        Assert.Contains("The server is down.", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public async Task A_record_that_a_backend_always_fails_on_is_found_in_one_go_and_everything_else_delivered(int place)
    {
        await using (var program = _yard.Program("server=Switchable"))
        {
            _yard.Plugin.IsDown = true;
            var run = program.GetRequiredService<LightningRun>();
            for (var step = 0; step < 1000; step++)
            {
                run.LogMetric(step == place ? "poison" : "loss", step, step);
            }

            await run.FinalizeAsync(RunStatus.Finished);
        }

        _yard.Plugin.IsDown = false;
        _yard.Plugin.Refuses = name => name == "poison" ? new OverflowException("Not a number.") : null;
        var result = await _yard.Synchronizer("server=Switchable").SynchronizeAsync(_yard.Library.List().Single());

        Assert.Equal(1, Delivery(result.Run, "server").DeadLetters);
        Assert.Equal(
            Enumerable.Range(0, 1000).Where(step => step != place).Select(step => (long)step),
            _yard.Plugin.Saved.Select(point => point.Step));
    }

    [Fact]
    public async Task A_run_whose_process_died_is_ended_as_killed_at_the_time_of_its_last_record()
    {
        await using var program = _yard.Program("csv=Csv", "server=Switchable");
        var live = program.GetRequiredService<LightningRun>();
        Log(live, 20);
        await live.SaveAsync();
        var interrupted = _yard.Interrupt(live);
        Assert.True(interrupted.IsInterrupted);
        await live.FinalizeAsync(RunStatus.Finished);
        _yard.Plugin.Statuses.Clear();

        var result = await _yard.Synchronizer("csv=Csv", "server=Switchable").SynchronizeAsync(interrupted);

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
        Assert.Equal(RunStatus.Killed, result.Run.Status);
        Assert.Equal(_yard.Plugin.Saved[^1].Time, result.Run.Ended);
        Assert.Equal(21, (await File.ReadAllLinesAsync(Path.Combine(interrupted.Directory, "metrics.csv"))).Length);
        Assert.Equal(RunStatus.Killed, _yard.Plugin.Statuses[^1]);
    }

    [Fact]
    public async Task A_run_that_is_being_written_is_left_alone()
    {
        await using var program = _yard.Program("server=Switchable");
        var live = program.GetRequiredService<LightningRun>();
        Log(live, 3);
        await live.SaveAsync();
        var run = _yard.Library.List().Single();
        Assert.NotNull(run.Writer);
        Assert.False(run.IsInterrupted);

        var result = await _yard.Synchronizer("server=Switchable").SynchronizeAsync(run);

        Assert.True(result.IsLeftAlone);
        Assert.False(result.IsComplete);
        await live.FinalizeAsync(RunStatus.Finished);
    }

    [Fact]
    public async Task A_trainer_that_resumes_the_run_takes_it_over()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable");
        var run = _yard.Library.List().Single();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var synchronizing = Task.Run(() => _yard.Synchronizer("server=Switchable").SynchronizeAsync(run, moved: new Signal(waits)));
        await waits.Task;

        await using var program = _yard.Program("server=Switchable");
        using var resumed = program.GetRequiredService<ILightningLoggerFactory>().Create(new RunDescription { Version = run.Version });
        var result = await synchronizing;
        _yard.Plugin.IsDown = false;
        resumed.LogMetric("loss", 0);
        await resumed.FinalizeAsync(RunStatus.Finished);

        Assert.False(result.IsComplete);
        Assert.Contains(result.Notes, note => note.Contains("resumes the run", StringComparison.Ordinal));
        Assert.Equal([0L, 1, 2, 3, 4, 5], _yard.Plugin.Saved.Select(point => point.Step));
    }

    [Fact]
    public async Task A_trainer_that_died_while_it_waited_is_given_way_to_no_more()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable");
        _yard.Plugin.IsDown = false;
        var run = _yard.Library.List().Single();
        await File.WriteAllBytesAsync(Path.Combine(run.Directory, ".pluginloggers", "lock-wanted"), []);

        var result = await _yard.Synchronizer("server=Switchable").SynchronizeAsync(run);

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
        Assert.Equal(5, _yard.Plugin.Saved.Count);
    }

    [Theory]
    [InlineData("csv=Csv", "no logger of that name. Add it to LightningLoggers:Loggers, of the type Switchable")]
    [InlineData("server=Csv", "is a Csv in today's configuration")]
    public async Task What_the_configuration_no_longer_has_is_said_and_not_guessed(string today, string expected)
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable");

        var result = await _yard.Synchronizer(today).SynchronizeAsync(_yard.Library.List().Single());

        Assert.False(result.IsComplete);
        Assert.Contains(expected, Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_is_said_and_not_guessed_and_can_be_asked_for()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable=http://one");
        _yard.Plugin.IsDown = false;
        var run = _yard.Library.List().Single();

        var note = Assert.Single((await _yard.Synchronizer("server=Switchable=http://two").SynchronizeAsync(run)).Notes);
        Assert.Contains("Address was http://one, and is http://two in today's configuration", note, StringComparison.Ordinal);
        Assert.Contains("pluginloggers replay yard/version_0 --to server", note, StringComparison.Ordinal);
        Assert.Empty(_yard.Plugin.Saved);

        Assert.True((await _yard.Synchronizer("server=Switchable=http://two").SynchronizeAsync(run, to: "server")).IsComplete);
        Assert.Equal(5, _yard.Plugin.Saved.Count);
        Assert.True((await _yard.Synchronizer("server=Switchable=http://two").SynchronizeAsync(run)).IsComplete);
    }

    [Fact]
    public async Task Another_option_that_says_nothing_of_a_place_is_told_and_taken_as_it_is_today()
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable=http://one=1");
        _yard.Plugin.IsDown = false;

        Assert.True(
            (await _yard.Synchronizer("server=Switchable=http://one=2").SynchronizeAsync(_yard.Library.List().Single())).IsComplete);
        Assert.Single(
            _yard.Told, told => told.Message.StartsWith("Patience was 1, and is 2 in today's configuration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_everybody_has_by_now_is_deleted_if_that_is_wanted()
    {
        _yard.DeletesJournals = true;
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable", "csv=Csv");
        var run = _yard.Library.List().Single();
        Assert.True(File.Exists(Journal()));
        _yard.Plugin.IsDown = false;

        Assert.True((await _yard.Synchronizer("server=Switchable", "csv=Csv").SynchronizeAsync(run)).IsComplete);
        Assert.False(File.Exists(Journal()));
        Assert.True(_yard.Library.List().Single().Deliveries.All(delivery => delivery.IsComplete));

        string Journal() => Path.Combine(run.Directory, ".pluginloggers", "0001.journal");
    }

    [Fact]
    public async Task A_logger_that_the_run_did_not_have_gets_all_of_it()
    {
        await LogAsync(30, "csv=Csv");

        var result = await _yard.Synchronizer("csv=Csv", "server=Switchable").SynchronizeAsync(_yard.Library.List().Single(), to: "server");

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
        Assert.Equal(30, _yard.Plugin.Saved.Count);
        Assert.Contains(_yard.Library.List().Single().Deliveries, delivery => delivery.Key == "server");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("SERVER")]
    public async Task A_logger_of_the_run_is_the_same_in_another_case(string? to)
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "server=Switchable");
        _yard.Plugin.IsDown = false;
        var run = _yard.Library.List().Single();

        var result = await _yard.Synchronizer("SERVER=Switchable").SynchronizeAsync(run, to);
        var again = await _yard.Synchronizer("Server=Switchable").SynchronizeAsync(run, to);

        Assert.True(result.IsComplete && again.IsComplete, string.Join('\n', result.Notes));
        Assert.Equal(["server"], result.Run.Deliveries.Select(delivery => delivery.Key));
        Assert.Equal(5, _yard.Plugin.Saved.Count);
        Assert.Equal(
            ["server.cursor.json"],
            Directory.GetFiles(Path.Combine(run.Directory, ".pluginloggers"), "*.cursor.json").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_run_is_found_by_what_a_person_writes_for_it()
    {
        await LogAsync(1, "csv=Csv");
        await LogAsync(1, "csv=Csv");
        var runs = _yard.Library.List().ToList();

        Assert.Equal(["version_0", "version_1"], runs.Select(run => run.Version));
        Assert.Equal(runs[1].Directory, _yard.Library.Find("yard/version_1").Single().Directory);
        Assert.Equal(runs[1].Directory, _yard.Library.Find("version_1").Single().Directory);
        Assert.Equal(runs[1].Directory, _yard.Library.Find(runs[1].Directory + "/").Single().Directory);
        Assert.Equal(runs[1].Directory, _yard.Library.Find(runs[1].RunId![..8]).Single().Directory);
        Assert.Equal(2, _yard.Library.Find("yard").Count);
        Assert.Empty(_yard.Library.Find("version_9"));
    }

    [Fact]
    public async Task A_run_of_a_newer_program_is_a_result_with_a_problem_and_stays_as_it_is()
    {
        await LogAsync(1, "csv=Csv");
        var run = _yard.Library.List().Single();
        RunYard.MakeJournalNewer(run);

        var result = await _yard.Synchronizer("csv=Csv").SynchronizeAsync(run);

        Assert.False(result.IsComplete);
        Assert.Contains("is a journal of version 2; this program reads version 1", result.Run.Problem, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(result.Notes), result.Run.Problem);
        Assert.Equal(run.RunId, result.Run.RunId);
        Assert.Equal(RunStatus.Finished, _yard.Library.List().Single().Status);
    }

    [DebugFact]
    public async Task A_disk_that_refuses_the_end_of_a_run_is_told_of_that_run()
    {
        await using var program = _yard.Program("csv=Csv");
        var live = program.GetRequiredService<LightningRun>();
        Log(live, 3);
        await live.SaveAsync();
        var interrupted = _yard.Interrupt(live);
        await live.FinalizeAsync(RunStatus.Finished);
        SynchronizedRun refused;
        using (new RefusingDisk(interrupted.Directory, "create", "run.json"))
        {
            refused = await _yard.Synchronizer("csv=Csv").SynchronizeAsync(interrupted);
        }

        Assert.Contains(RefusingDisk.Full, refused.Run.Problem, StringComparison.Ordinal);
        Assert.True((await _yard.Synchronizer("csv=Csv").SynchronizeAsync(interrupted)).IsComplete);
    }

    [Fact]
    public async Task A_logger_that_the_configuration_does_not_have_is_no_result_of_a_run()
    {
        await LogAsync(1, "csv=Csv");
        var run = _yard.Library.List().Single();

        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => _yard.Synchronizer("csv=Csv").SynchronizeAsync(run, to: "nobody"));

        Assert.Contains("has no enabled logger 'nobody'; it has: csv.", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_record_is_damaged_is_listed_with_what_is_wrong()
    {
        await LogAsync(1, "csv=Csv");
        await File.WriteAllTextAsync(Path.Combine(_yard.Library.List().Single().Directory, ".pluginloggers", "run.json"), "{");

        Assert.Contains("run.json", _yard.Library.List().Single().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken=Vanished", null, "found \"Vanished\", expected the alias of a plug-in")]
    [InlineData("broken=Switchable", "broken", "PL008: the plug-in Switchable fails when its logger is created: A library is missing.")]
    public async Task A_logger_whose_plug_in_cannot_be_used_is_left_behind_and_everything_else_is_delivered(
        string today, string? broken, string expected)
    {
        _yard.Plugin.IsDown = true;
        await LogAsync(5, "broken=Switchable", "server=Switchable");
        (_yard.Plugin.IsDown, _yard.Plugin.Broken) = (false, broken);

        var result = await _yard.Synchronizer(today, "server=Switchable").SynchronizeAsync(_yard.Library.List().Single());

        Assert.False(result.IsComplete);
        var note = Assert.Single(result.Notes);
        Assert.StartsWith("broken: is behind, and has no plug-in that can be used.", note, StringComparison.Ordinal);
        Assert.Contains(expected, note, StringComparison.Ordinal);
        Assert.Equal([0L, 1, 2, 3, 4], _yard.Plugin.Saved.Select(point => point.Step));
        Assert.True(Delivery(result.Run, "server").IsComplete);
        Assert.False(Delivery(result.Run, "broken").IsComplete);
    }

    [Fact]
    public async Task A_plug_in_that_no_run_needs_keeps_nothing_from_being_complete()
    {
        await LogAsync(5, "server=Switchable");

        var result = await _yard.Synchronizer("broken=Vanished", "server=Switchable").SynchronizeAsync(_yard.Library.List().Single());

        Assert.True(result.IsComplete, string.Join('\n', result.Notes));
    }

    [Fact]
    public async Task A_logger_that_is_asked_for_and_cannot_be_created_is_a_mistake()
    {
        await LogAsync(5, "server=Switchable");
        _yard.Plugin.Broken = "late";

        var mistake = await Assert.ThrowsAsync<LoggersConfigurationException>(() => _yard
            .Synchronizer("late=Switchable").SynchronizeAsync(_yard.Library.List().Single(), to: "late"));

        Assert.StartsWith("LightningLoggers:Loggers:late: PL008", mistake.Message, StringComparison.Ordinal);
    }

    private sealed class Signal(TaskCompletionSource waits) : IProgress<IReadOnlyList<LoggerDelivery>>
    {
        public void Report(IReadOnlyList<LoggerDelivery> value) => waits.TrySetResult();
    }

    private static LoggerDelivery Delivery(RunSummary run, string key) => run.Deliveries.Single(delivery => delivery.Key == key);

    private static void Log(LightningRun run, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            run.LogMetric("loss", 1.0 / (step + 1), step);
        }
    }

    private async Task LogAsync(int steps, params string[] loggers)
    {
        await using var program = _yard.Program(loggers);
        var run = program.GetRequiredService<LightningRun>();
        Log(run, steps);
        await run.FinalizeAsync(RunStatus.Finished);
    }
}
