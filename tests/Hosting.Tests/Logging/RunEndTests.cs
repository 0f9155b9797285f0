using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>How runs end, and what is known of it.</summary>
public sealed class RunEndTests : IDisposable
{
    private const string Recording = """ "r": { "Type": "Recording" } """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_run_is_running_until_it_is_finalized()
    {
        await using var run = _lab.Open(Recording);
        Assert.Equal(RunStatus.Running, _lab.Record().Status);
        run.LogMetric("loss", 1);
        await run.FinalizeAsync(RunStatus.Finished);
        Assert.Equal(RunStatus.Finished, _lab.Record().Status);
        Assert.NotNull(_lab.Record().Ended);
        Assert.Equal([RunStatus.Finished], _lab.Recording.Statuses("r"));
    }

    [Fact]
    public async Task Finalizing_twice_is_finalizing_once()
    {
        await using var run = _lab.Open(Recording);
        run.LogMetric("loss", 1);
        await run.FinalizeAsync(RunStatus.Finished);
        await run.FinalizeAsync(RunStatus.Finished);
        Assert.Equal([RunStatus.Finished], _lab.Recording.Statuses("r"));
        await run.FinalizeAsync(RunStatus.Failed);
        Assert.Equal([RunStatus.Finished, RunStatus.Failed], _lab.Recording.Statuses("r"));
    }

    [Fact]
    public async Task Logging_after_the_end_opens_the_run_again()
    {
        await using (var run = _lab.Open(Recording))
        {
            run.LogMetric("fit", 1);
            await run.FinalizeAsync(RunStatus.Finished);
            run.LogMetric("test", 2);
            await run.SaveAsync();
            Assert.Equal((RunStatus.Running, null), (_lab.Record().Status, _lab.Record().Ended));
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal([RunStatus.Finished, RunStatus.Running, RunStatus.Finished], _lab.Recording.Statuses("r"));
        Assert.Equal(["fit", "test"], _lab.Recording.Names("r"));
        Assert.Equal(RunStatus.Finished, _lab.Record().Status);
        Assert.Empty(_lab.Told);
    }

    [Fact]
    public async Task A_run_that_nobody_finalized_is_killed_and_the_cure_is_told()
    {
        var services = _lab.Services(Recording);
        services.GetRequiredService<ILightningLogger>().LogMetric("loss", 1);
        await services.DisposeAsync();
        Assert.Equal(RunStatus.Killed, _lab.Record().Status);
        Assert.Equal([RunStatus.Killed], _lab.Recording.Statuses("r"));
        Assert.Contains("RunAsync", Assert.Single(_lab.Told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_resumed_and_not_logged_to_is_as_it_was()
    {
        await using (var run = _lab.Open(Recording))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Failed);
        }

        var before = _lab.Record();
        await using (_lab.Resume(Recording))
        {
        }

        Assert.Equal((RunStatus.Failed, before.Ended), (_lab.Record().Status, _lab.Record().Ended));
        Assert.Equal([RunStatus.Failed], _lab.Recording.Statuses("r"));
    }

    [UnixFact("Windows does not delete a file that is open.")]
    public async Task A_run_whose_folder_was_deleted_is_closed_and_that_is_told()
    {
        await using (var run = _lab.Open(Recording))
        {
            run.LogMetric("loss", 1);
            await Lab.DeliveredAsync(run);
            Directory.Delete(run.RunDirectory, recursive: true);
        }

        Assert.Contains(_lab.Told, told => told.Level == DiagnosticLevel.Error);
    }

    [Fact]
    public async Task RunAsync_gives_the_status_that_fits()
    {
        await using var run = _lab.Open(Recording);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => run.RunAsync(_ => throw new InvalidOperationException("The loss is NaN.")));
        Assert.Equal(RunStatus.Failed, _lab.Record().Status);
    }

    [Fact]
    public async Task Logging_to_a_disposed_run_is_a_mistake_that_is_said()
    {
        var run = _lab.Open(Recording);
        await run.DisposeAsync();
        await run.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => run.LogMetric("loss", 1));
        Assert.True(run.Deliveries[0].IsComplete);
    }

    [Fact]
    public async Task Aggregated_metrics_are_released_by_save_end_and_disposal()
    {
        var run = _lab.Open(""" "a": { "Type": "Recording" }, "b": { "Type": "Recording" } """);
        run.UpdateAggregation(new Dictionary<string, AggregationFunction> { ["loss"] = values => values.Max() });
        run.AggregateAndLogMetrics(new Dictionary<string, double> { ["loss"] = 1, ["x"] = 1 }, 3);
        run.AggregateAndLogMetrics(new Dictionary<string, double> { ["loss"] = 5, ["x"] = 2 }, 3);
        run["a"].AggregateAndLogMetrics(new Dictionary<string, double> { ["only a"] = 7 }, 3);
        await run.SaveAsync();
        run.AggregateAndLogMetrics(new Dictionary<string, double> { ["end"] = 1 }, 4);
        await run.FinalizeAsync(RunStatus.Finished);
        run.AggregateAndLogMetrics(new Dictionary<string, double> { ["disposal"] = 1 }, 5);
        await run.DisposeAsync();

        Assert.Equal(["loss", "x", "only a", "end", "disposal"], _lab.Recording.Names("a"));
        Assert.Equal(["loss", "x", "end", "disposal"], _lab.Recording.Names("b"));
        var first = (PluginLoggers.Contract.LoggedRecord.Metrics)_lab.Recording.Saved("b")[0];
        Assert.Equal([new Metric("loss", 5), new Metric("x", 1.5)], first.Values);
        Assert.Equal(3, first.Step);
    }

    [Fact]
    public async Task Secrets_reach_neither_backends_nor_the_disk()
    {
        await using (var run = _lab.Open(Recording, """ "Tags": { "team": "a", "api_key": "sesame" } """))
        {
            run.LogHyperparams(new Dictionary<string, object?> { ["auth_token"] = "sesame", ["max_tokens"] = 512, ["model"] = "mlp" });
            await run.FinalizeAsync(RunStatus.Finished);
        }

        var hyperparams = Assert.Single(_lab.Recording.Of("r")).Hyperparams;
        Assert.Equal(["[redacted]", 512L, "mlp"], hyperparams.Values);
        Assert.Equal(("a", "[redacted]"), (_lab.Recording.ContextOf("r").Tags["team"], _lab.Recording.ContextOf("r").Tags["api_key"]));
        Assert.Single(_lab.ToldOf(null, "auth_token"));
        Assert.Single(_lab.ToldOf(null, "api_key"));
        Assert.All(Directory.EnumerateFiles(_lab.SaveDir, "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("sesame", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
