using System.Globalization;
using PluginLoggers.Hosting.Tests.Crashes;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>However a process ends, what it logged is in the journal, and the next one brings each point once to real outputs.</summary>
public sealed class ProcessEndTests : IDisposable
{
    private const string Real = """ "csv": { "Type": "Csv" }, "tensorboard": { "Type": "TensorBoard" } """;
    private const int Count = 1000;

    private readonly Lab _lab = new();
    private readonly string _configuration;

    public ProcessEndTests()
    {
        _lab.ShutdownTimeout = "00:00:08";
        _configuration = Path.Combine(_lab.SaveDir, "appsettings.json");
        File.WriteAllText(_configuration, _lab.Json(Real, "\"Version\": \"version_0\""));
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("exit", RunStatus.Killed)]
    [InlineData("throw", RunStatus.Failed)]
    public async Task An_end_without_disposal_loses_nothing_and_is_known(string mode, RunStatus status)
    {
        using var process = LoggingProcess.Start(_configuration, mode, Count);
        Assert.NotEqual(0, await process.UntilEndAsync());
        Assert.Equal(status, _lab.Record().Status);
        Assert.NotNull(_lab.Record().Ended);
        await AllAreDeliveredOnceAsync(Count, Count);
    }

    [SignalTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_loses_nothing(string signal)
    {
        using var process = LoggingProcess.Start(_configuration, "wait", Count);
        Assert.Equal("logged", await process.ReadLineAsync());
        await process.SignalAsync(signal);
        Assert.Equal(RunStatus.Running, _lab.Record().Status);
        await AllAreDeliveredOnceAsync(Count, Count);
    }

    [TmpfsFact]
    public async Task An_end_without_disposal_while_the_disk_is_full_leaves_a_run_that_is_incomplete()
    {
        using var disk = new Tmpfs(_lab.SaveDir, "200k");
        File.WriteAllText(_configuration, _lab.Json(Real, "\"Version\": \"version_0\""));
        using var process = LoggingProcess.Start(_configuration, "exit", 20 * Count);
        Assert.NotEqual(0, await process.UntilEndAsync());
        Assert.True(Assert.Single(new RunLibrary(_lab.SaveDir).List()).IsIncomplete);
    }

    private async Task AllAreDeliveredOnceAsync(int atLeast, int atMost)
    {
        await _lab.DeliverAsync(Real);

        // Steps were given one by one, so that a gap is a loss.
        var steps = File.ReadLines(_lab.File("version_0", "metrics.csv")).Skip(1).Select(Step).ToList();
        Assert.Equal(Enumerable.Range(0, steps.Count).Select(i => (long)i), steps);
        Assert.InRange(steps.Count, atLeast, atMost);
        var scalars = EventFile.Scalars(_lab.File("version_0")).Where(scalar => scalar.Tag == "loss").Select(scalar => scalar.Step);
        Assert.Equal(steps, scalars);
        Assert.DoesNotContain(_lab.Told, told => told.Message.Contains("damaged", StringComparison.Ordinal));
    }

    // Two columns, loss and step.
    private static long Step(string row) => long.Parse(row.Split(',')[1], CultureInfo.InvariantCulture);
}
