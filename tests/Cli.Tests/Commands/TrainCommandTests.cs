using System.Text.Json;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_result_says_how_good_it_is_and_where_everything_is()
    {
        var result = await _workspace.RunAsync("train", "--epochs", "2");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        var lines = result.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^accuracy 0\.\d{4} and loss \d\.\d{4} on 360 held-out digits, 90 steps$", lines[0]);
        Assert.Contains(_workspace.RunFolder, lines[1], StringComparison.Ordinal);
        Assert.StartsWith("csv ", lines[2], StringComparison.Ordinal);
        Assert.Matches(@"^checkpoint .+\.safetensors$", lines[3]);
        Assert.Equal("Finished", _workspace.Status());
    }

    [Fact]
    public async Task Where_there_is_no_terminal_each_epoch_is_a_line_on_the_standard_error()
    {
        var result = await _workspace.RunAsync("train", "--epochs", "2");

        Assert.Collection(
            result.ErrorLines.Where(line => line.StartsWith("epoch", StringComparison.Ordinal)),
            line => Assert.Matches(@"^epoch 1/2  loss \d\.\d{4}  val/accuracy 0\.\d{4}$", line),
            line => Assert.Matches(@"^epoch 2/2  loss \d\.\d{4}  val/accuracy 0\.\d{4}$", line));
    }

    [Fact]
    public async Task Every_step_and_every_epoch_is_in_the_backend()
    {
        await _workspace.RunAsync("train", "--epochs", "2", "--batch-size", "100", "--seed", "3");

        Assert.Equal(30, _workspace.CsvRows("step", "train/loss").Length);
        Assert.Equal(["14", "29"], _workspace.CsvRows("step", "val/accuracy").Select(row => row.Split(',')[0]));
        Assert.Contains("BatchSize: 100", File.ReadAllText(Path.Combine(_workspace.RunFolder, "hparams.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_a_script_the_result()
    {
        var result = await _workspace.RunAsync("train", "--epochs", "1", "--json");

        using var report = JsonDocument.Parse(result.Out);
        Assert.InRange(report.RootElement.GetProperty("accuracy").GetDouble(), 0.8, 1);
        Assert.True(File.Exists(report.RootElement.GetProperty("checkpoint").GetString()));
        Assert.Equal("version_0", report.RootElement.GetProperty("run").GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_checkpoint_is_a_safetensors_file()
    {
        await _workspace.RunAsync("train", "--epochs", "1");

        var bytes = await File.ReadAllBytesAsync(Path.Combine(_workspace.RunFolder, "checkpoints", "epoch_1.safetensors"));
        var length = BitConverter.ToInt32(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var weights = header.RootElement.GetProperty("hidden.weight");
        Assert.Equal("F32", weights.GetProperty("dtype").GetString());
        Assert.Equal([64, 64], weights.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        var end = header.RootElement.EnumerateObject().Max(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt32());
        Assert.Equal(bytes.Length, 8 + length + end);
        Assert.Equal(0, length % 8);
    }

    [Fact]
    public async Task A_training_that_fails_ends_its_run_as_failed_and_says_why()
    {
        var result = await _workspace.RunAsync("train", "--learning-rate", "1e30");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("Failed: The training diverged at step ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Contains(_workspace.RunFolder, result.Out, StringComparison.Ordinal);
        Assert.Equal("Failed", _workspace.Status());
    }

    [Fact]
    public async Task An_interrupted_training_ends_its_run_as_killed()
    {
        using var interruption = new Interruption();
        interruption.Raise();

        var result = await _workspace.RunAsync(Stream.Null, interruption, "train");

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("Killed", _workspace.Status());
    }

    public void Dispose() => _workspace.Dispose();
}
