using System.Text.Json;
using System.Text.Json.Nodes;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class LogCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Lines_from_the_standard_input_become_a_run()
    {
        var result = await _workspace.PipeAsync("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"loss\":0.25}\n", "log", "-");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("logged       lines: 2, metrics: 2, texts: 0, bad lines: 0", result.Out, StringComparison.Ordinal);
        Assert.Equal(["1,0.5", "2,0.25"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task Without_a_file_the_standard_input_is_read()
    {
        var result = await _workspace.PipeAsync("{\"loss\":0.5}", "log");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(["0,0.5"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task Lines_from_a_file_become_a_run()
    {
        var file = _workspace.Write("loss.jsonl", "{\"loss\":0.5}\n{\"loss\":0.25}");

        var result = await _workspace.RunAsync("log", file);

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(["0,0.5", "1,0.25"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task Bad_lines_are_named_on_the_standard_error_the_good_ones_are_kept_and_the_exit_code_is_1()
    {
        var result = await _workspace.PipeAsync("""
            {"step":1,"loss":0.5}
            bad
            {"step":3,"loss":[1]}
            {"step":4,"loss":0.25}
            """, "log", "-");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Collection(
            result.ErrorLines,
            line => Assert.StartsWith("line 2 is not JSON, at byte 1: ", line, StringComparison.Ordinal),
            line => Assert.Equal("line 3 has a list as 'loss'; expected a number. Several numbers need a name each.", line));
        Assert.Equal(["1,0.5", "4,0.25"], _workspace.CsvRows("step", "loss"));
        Assert.StartsWith("logged       lines: 2, metrics: 2, texts: 0, bad lines: 2", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_input_is_a_run_without_metrics()
    {
        var result = await _workspace.RunAsync("log", "-");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.True(Directory.Exists(_workspace.RunFolder));
    }

    [Fact]
    public async Task Json_tells_a_script_what_was_logged_and_where()
    {
        var result = await _workspace.PipeAsync("{\"loss\":0.5,\"note\":\"x\"}\nbad", "log", "--json");

        using var report = JsonDocument.Parse(result.Out);
        Assert.Equal((1, 1, 1, 1), (Number("lines"), Number("metrics"), Number("texts"), Number("badLines")));
        Assert.Equal(_workspace.RunFolder, report.RootElement.GetProperty("run").GetProperty("directory").GetString());
        var logger = Assert.Single(report.RootElement.GetProperty("loggers").EnumerateArray());
        Assert.Equal("csv", logger.GetProperty("key").GetString());
        Assert.True(logger.GetProperty("complete").GetBoolean());

        int Number(string name) => report.RootElement.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("nowhere.jsonl")]
    [InlineData("folder")]
    public async Task What_cannot_be_read_is_wrong_usage_and_starts_no_run(string name)
    {
        Directory.CreateDirectory(_workspace.At("folder"));

        var result = await _workspace.RunAsync("log", _workspace.At(name));

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Contains(_workspace.At(name), Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workspace.At("runs")));
    }

    [Fact]
    public async Task An_input_that_breaks_off_fails_the_run_and_keeps_what_came_before()
    {
        var result = await _workspace.RunAsync(new BrokenStream("{\"loss\":0.5}\n"u8.ToArray()), null, "log");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("Failed: The producer is gone.", result.Error, StringComparison.Ordinal);
        Assert.Equal("Failed", _workspace.Status());
        Assert.Equal(["0,0.5"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task A_run_that_is_named_again_goes_on_after_its_last_step()
    {
        await _workspace.PipeAsync("{\"loss\":1}\n{\"step\":7,\"loss\":2}", "log");

        var result = await _workspace.PipeAsync("{\"loss\":3}", "log", "--set", "Run:Version=version_0");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(["0,1.0", "7,2.0", "8,3.0"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task Somebody_who_types_the_lines_is_told_how_to_end()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interruption = new Interruption();

        var streams = new StandardStreams(Stream.Null, output, error) { InIsTerminal = true };
        await CommandLine.RunAsync(["log", "--config", _workspace.ConfigurationFile], streams, interruption);

        Assert.Contains("Ctrl-D", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_undelivered_is_told_and_the_exit_code_is_3()
    {
        var nowhere = new JsonObject { ["TrackingUri"] = "http://127.0.0.1:1" };
        _workspace.WriteConfiguration(
            new JsonObject
            {
                ["csv"] = new JsonObject { ["Type"] = "Csv" },
                ["mlflow"] = new JsonObject { ["Type"] = "MLflow", ["Options"] = nowhere },
            });

        var result = await _workspace.PipeAsync("{\"loss\":0.5}", "log");

        Assert.Equal(ExitCode.Undelivered, result.ExitCode);
        Assert.Contains("undelivered", result.Out, StringComparison.Ordinal);
        Assert.Equal(["0,0.5"], _workspace.CsvRows("step", "loss"));
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_ends_with_2_and_says_what_to_do()
    {
        var result = await _workspace.RunAsync("log", "--set", "Loggers:csv:Type=Csw", "--set", "Loggers:csv:Option=1");

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.Contains("LightningLoggers:Loggers:csv:Type", result.Error, StringComparison.Ordinal);
        Assert.Contains("LightningLoggers:Loggers:csv:Option", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0 ? read : throw new IOException("The producer is gone.");
    }
}
