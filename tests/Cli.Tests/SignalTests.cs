using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests;

public sealed class SignalTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [SignalTheory]
    [InlineData(CliProcess.Interrupt, 130)]
    [InlineData(CliProcess.Terminate, 143)]
    public async Task A_signal_ends_a_training_cleanly_as_killed(int signal, int exitCode)
    {
        using var training = CliProcess.Start(_workspace.Folder, null, "train", "--epochs", "1000000");
        await training.ErrorLineAsync("epoch 1/");

        training.Signal(signal);
        var result = await training.ExitAsync();

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("Killed", _workspace.Status());
        Assert.NotEmpty(_workspace.CsvRows("val/accuracy"));
        Assert.Contains("version_0", result.Out, StringComparison.Ordinal);
        Assert.StartsWith("Interrupted. What came so far is kept", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [SignalFact]
    public async Task A_signal_ends_the_wait_for_a_silent_producer_and_keeps_what_came()
    {
        using var log = CliProcess.Start(_workspace.Folder, null, "log", "-");
        await log.Input.WriteAsync("{\"loss\":0.5}\nbad\n{\"half\":");
        await log.Input.FlushAsync();
        await log.ErrorLineAsync("line 2 is not JSON");

        log.Signal(CliProcess.Terminate);
        var result = await log.ExitAsync();

        Assert.Equal(143, result.ExitCode);
        Assert.Equal("Killed", _workspace.Status());
        Assert.Equal(["0,0.5"], _workspace.CsvRows("step", "loss"));
    }

    public void Dispose() => _workspace.Dispose();
}
