using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers.Cli.Tests.Support;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class SynchronizationCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    /// <summary>Beside the CSV, a server that nobody runs.</summary>
    public SynchronizationCommandTests() => _workspace.WriteConfiguration(new JsonObject
    {
        ["csv"] = new JsonObject { ["Type"] = "Csv" },
        ["mlflow"] = new JsonObject
        {
            ["Type"] = "MLflow",
            ["Enabled"] = false,
            ["Options"] = new JsonObject { ["TrackingUri"] = "http://127.0.0.1:9" },
        },
    });

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Runs_shows_each_run_and_what_of_it_is_delivered()
    {
        await LogAsync();

        var result = await RunAsync("runs");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        var lines = result.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["RUN", "STATUS", "STARTED", "LOGGERS"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("test/version_0 finished", lines[1], StringComparison.Ordinal);
        Assert.Contains("csv delivered", lines[1], StringComparison.Ordinal);
        Assert.Contains("mlflow behind by", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Finished", "finished, incomplete")]
    [InlineData("Running", "interrupted, incomplete")]
    public async Task Runs_says_which_one_lost_records(string status, string shown)
    {
        await LogAsync();
        var record = Path.Combine(_workspace.RunFolder, ".pluginloggers", "run.json");
        await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record)).Replace("Finished", status, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(_workspace.RunFolder, ".pluginloggers", "incomplete"), "");

        Assert.Contains($"test/version_0 {shown}", (await RunAsync("runs")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_as_json_has_everything_that_is_known_of_a_run()
    {
        await LogAsync();

        var result = await RunAsync("runs", "--json");

        using var runs = JsonDocument.Parse(result.Out);
        var run = Assert.Single(runs.RootElement.EnumerateArray());
        Assert.Equal("finished", run.GetProperty("status").GetString());
        Assert.Equal("version_0", run.GetProperty("version").GetString());
        var csv = run.GetProperty("loggers").EnumerateArray().Single(logger => logger.GetProperty("key").GetString() == "csv");
        Assert.True(csv.GetProperty("complete").GetBoolean());
        Assert.Equal(0, csv.GetProperty("undeliveredBytes").GetInt64());
    }

    [Fact]
    public async Task No_runs_are_no_mistake()
    {
        var result = await RunAsync("runs");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Out));
        Assert.Contains("There are no runs", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_is_told_with_its_cure_and_not_passed_over()
    {
        await LogAsync();
        File.WriteAllText(_workspace.At("runs", "test", "version_0", ".pluginloggers", "run.json"), "{\n x");

        var (shown, synchronized) = (await RunAsync("runs"), await RunAsync("sync"));

        Assert.Equal(ExitCode.Done, shown.ExitCode);
        Assert.Contains("test/version_0 unreadable", shown.Out, StringComparison.Ordinal);
        Assert.Contains("is not the record of a run: Line 2, byte 2:", shown.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Failed, "test/version_0  unreadable"), (synchronized.ExitCode, synchronized.Out.Trim()));
        Assert.Contains("Move it away", synchronized.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_says_what_is_still_behind_and_ends_with_3()
    {
        await LogAsync();

        var result = await RunAsync("sync", "--set", "Loggers:mlflow:Enabled=true");

        Assert.Equal(ExitCode.Undelivered, result.ExitCode);
        Assert.Contains("test/version_0  still behind", result.Out, StringComparison.Ordinal);
        Assert.Contains("mlflow:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_says_that_an_address_is_another_one()
    {
        await LogAsync();

        var result = await RunAsync(
            "sync",
            "--dead-letters",
            "--set",
            "Loggers:mlflow:Enabled=true",
            "--set",
            "Loggers:mlflow:Options:TrackingUri=http://127.0.0.1:8");

        Assert.Equal(ExitCode.Undelivered, result.ExitCode);
        Assert.Contains("TrackingUri was http://127.0.0.1:9, and is http://127.0.0.1:8", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_as_json_has_what_could_not_be_done()
    {
        await LogAsync();

        var result = await RunAsync("sync", "--json");

        using var runs = JsonDocument.Parse(result.Out);
        var run = Assert.Single(runs.RootElement.EnumerateArray());
        Assert.Contains(
            "mlflow: is behind, and disabled",
            Assert.Single(run.GetProperty("notes").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_be_synchronized_keeps_no_other_from_it()
    {
        await LogAsync();
        await LogAsync();
        MakeJournalNewer("version_0");

        var result = await RunAsync("sync");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal("test/version_0  failed\ntest/version_1  still behind\n", result.Out.ReplaceLineEndings("\n"));
        Assert.Contains("test/version_0: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("Use the newer program that wrote it.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("sync --json")]
    public async Task What_was_done_before_an_interruption_is_printed(string command)
    {
        await LogAsync();
        await LogAsync();
        using var interruption = new Interruption();
        using var output = new StringWriter();
        using var error = new Watcher("test/version_0: mlflow", interruption.Raise);

        var exitCode = await CommandLine.RunAsync(
            ["--config", _workspace.ConfigurationFile, .. command.Split(' ')],
            new StandardStreams(Stream.Null, output, error),
            interruption);

        Assert.Equal(interruption.ExitCode, exitCode);
        Assert.Contains("version_0", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("version_1", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_leaves_a_logger_whose_plug_in_is_missing_behind_and_ends_with_3()
    {
        await LogAsync();

        var result = await RunAsync("sync", "--set", "Loggers:mlflow:Enabled=true", "--set", "Loggers:mlflow:Type=Vanished");

        Assert.Equal((ExitCode.Undelivered, "test/version_0  still behind"), (result.ExitCode, result.Out.Trim()));
        Assert.StartsWith(
            "test/version_0: mlflow: is behind, and has no plug-in that can be used. LightningLoggers:Loggers:mlflow:Type: found ",
            Assert.Single(result.ErrorLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_needs_only_the_plug_in_of_the_logger_that_it_delivers_to()
    {
        await LogAsync();
        string[] args = ["replay", "version_0", "--set", "Loggers:other:Type=Vanished", "--to"];

        var delivered = await RunAsync([.. args, "again", "--set", "Loggers:again:Type=Csv"]);
        var refused = await RunAsync([.. args, "other"]);

        Assert.Equal((ExitCode.Done, ""), (delivered.ExitCode, delivered.Error));
        Assert.Equal((ExitCode.WrongUsage, ""), (refused.ExitCode, refused.Out));
        Assert.Contains("Loggers:other:Type: found \"Vanished\"", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("replay version_0 --to csv")]
    public async Task Other_mistakes_stop_the_command_all_at_once_before_anything_is_done(string command)
    {
        await LogAsync();

        var result = await RunAsync([
            .. command.Split(' '),
            .. (string[])["--set", "Loggers:other:Type=Vanished"],
            .. (string[])["--set", "Loggers:csv:Options:Delimitr=;"],
            .. (string[])["--set", "Loggers:other:Includ:0=loss"]]);

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.Contains("Loggers:csv:Options:Delimitr", result.Error, StringComparison.Ordinal);
        Assert.Contains("Loggers:other:Includ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay version_0 --to again --set Loggers:again:Type=Csv")]
    [InlineData("sync")]
    public async Task A_journal_that_is_damaged_is_delivered_in_part_which_ends_with_1(string command)
    {
        var damagedBytes = await LogAndDamageAsync();

        var result = await RunAsync(command.Split(' '));

        var expected = $"test/version_0  delivered in part: {damagedBytes} bytes of its journal are damaged";
        Assert.Equal((ExitCode.Failed, expected), (result.ExitCode, result.Out.Trim()));
    }

    [Fact]
    public async Task Replay_as_json_says_how_much_is_damaged()
    {
        var damagedBytes = await LogAndDamageAsync();

        var result = await RunAsync("replay", "version_0", "--to", "again", "--set", "Loggers:again:Type=Csv", "--json");

        using var runs = JsonDocument.Parse(result.Out);
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal(damagedBytes, runs.RootElement[0].GetProperty("damagedBytes").GetInt64());
        Assert.Equal(0, runs.RootElement[0].GetProperty("unreadableRecords").GetInt64());
    }

    [Fact]
    public async Task An_interruption_of_a_single_run_ends_as_that_of_many()
    {
        await LogAsync();
        using var interruption = new Interruption();
        using var output = new StringWriter();
        using var error = new Watcher("pluginloggers: warning: test/version_0 mlflow", interruption.Raise);

        var exitCode = await CommandLine.RunAsync(
            ["--config", _workspace.ConfigurationFile, "sync", "version_0", "--set", "Loggers:mlflow:Enabled=true"],
            new StandardStreams(Stream.Null, output, error),
            interruption);

        Assert.Equal(interruption.ExitCode, exitCode);
        Assert.Equal("test/version_0  still behind", output.ToString().Trim());
        Assert.Contains("Interrupted.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_with_nothing_behind_is_done()
    {
        var result = await RunAsync("sync");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task Replay_delivers_a_run_to_a_logger_that_it_did_not_have()
    {
        await LogAsync();

        var result = await RunAsync(
            "replay", "version_0", "--to", "again", "--set", "Loggers:again:Type=Csv", "--set", "Loggers:again:Enabled=false");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        var original = await File.ReadAllTextAsync(Path.Combine(_workspace.RunFolder, "metrics.csv"));
        Assert.Equal(original, await File.ReadAllTextAsync(Path.Combine(_workspace.RunFolder, "again", "metrics.csv")));
    }

    [Theory]
    [InlineData("sync nothing", "There is no run 'nothing'")]
    [InlineData("replay nothing --to csv", "There is no run 'nothing'")]
    [InlineData("replay version_0 --to nobody", "has no logger 'nobody'")]
    [InlineData("replay version_0", "--to")]
    public async Task What_is_not_there_is_named(string command, string expected)
    {
        await LogAsync();

        var result = await RunAsync(command.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_journal_was_deleted_is_not_said_to_be_delivered_to_a_new_logger()
    {
        await _workspace.PipeAsync("{\"loss\":1}\n", "log", "-", "--set", "Run:Journal=Delete");

        var result = await RunAsync("replay", "version_0", "--to", "Late", "--set", "Loggers:late:Type=Csv");
        var known = await RunAsync("replay", "version_0", "--to", "csv");

        Assert.Equal((ExitCode.Undelivered, "test/version_0  still behind"), (result.ExitCode, result.Out.Trim()));
        Assert.Contains("Late: nothing of the run can be delivered any more", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, known.ExitCode);
        Assert.DoesNotContain("late", (await RunAsync("runs")).Out, StringComparison.Ordinal);
    }

    /// <summary>Makes the journal of a run one that a newer program wrote.</summary>
    private void MakeJournalNewer(string version)
    {
        const int LengthUnderCrc = 20;
        var path = _workspace.At("runs", "test", version, ".pluginloggers", "0001.journal");
        var content = File.ReadAllBytes(path);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), 2);
        var crc = content.AsSpan(0, LengthUnderCrc).ToArray().Aggregate(uint.MaxValue, BitOperations.Crc32C);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(LengthUnderCrc), ~crc);
        File.WriteAllBytes(path, content);
    }

    /// <summary>A run of three blocks, of which the second is damaged, and a CSV that is to have it anew; how long that block is.</summary>
    private async Task<long> LogAndDamageAsync()
    {
        var state = Path.Combine(_workspace.RunFolder, ".pluginloggers");
        var journal = Path.Combine(state, "0001.journal");
        var ends = new List<long>();
        var configuration = new ConfigurationBuilder().AddJsonFile(_workspace.ConfigurationFile).Build();
        await using (var services = new ServiceCollection()
            .AddLightningLoggers(configuration, setup => setup.GateRanks = false)
            .BuildServiceProvider())
        {
            var run = services.GetRequiredService<LightningRun>();
            for (var step = 0; step < 3; step++)
            {
                run.LogMetric("loss", 0.5, step);
                await run.SaveAsync();
                ends.Add(new FileInfo(journal).Length);
            }

            await run.FinalizeAsync(RunStatus.Finished);
        }

        var content = await File.ReadAllBytesAsync(journal);
        content[ends[1] - 1] ^= 1;
        await File.WriteAllBytesAsync(journal, content);
        File.Delete(Path.Combine(state, "csv.cursor.json"));
        return ends[1] - ends[0];
    }

    /// <summary>Two points to both.</summary>
    private async Task LogAsync()
    {
        var file = _workspace.At("points.jsonl");
        await File.WriteAllTextAsync(file, "{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"loss\":0.25}\n");
        var result = await RunAsync("log", file, "--set", "Loggers:mlflow:Enabled=true");
        Assert.Equal(ExitCode.Undelivered, result.ExitCode);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        _workspace.RunAsync(arguments);

    /// <summary>Does something when a line begins so.</summary>
    private sealed class Watcher(string beginning, Action action) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            Look(value);
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            Look(value);
        }

        private void Look(string? value)
        {
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
            {
                action();
            }
        }
    }
}
