using PluginLoggers.Contract;

namespace PluginLoggers.Hosting.Tests.SystemMetrics;

/// <summary>Samples in a run: for every backend, and not the trainer's business.</summary>
public sealed class SystemMetricsRunTests : IDisposable
{
    private const string Two = """ "a": { "Type": "Recording" }, "b": { "Type": "Recording", "Exclude": [ "system/**" ] } """;
    private const string Sampled = "\"SystemMetrics\": { \"Enabled\": true, \"Interval\": \"00:00:00.1\" }";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_real_sample_reaches_the_backends_that_want_it()
    {
        await using (var run = _lab.Open(Two, Sampled))
        {
            await SamplesAsync(run, 2);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        var samples = Samples();
        Assert.Equal(Enumerable.Range(0, samples.Length).Select(step => (long)step), samples.Select(sample => sample.Step));
        Assert.All(samples.SelectMany(sample => sample.Values), metric => Assert.True(IsSampled(metric) && double.IsFinite(metric.Value)));
        Assert.Empty(_lab.Recording.Saved("b"));
        Assert.InRange(_lab.ToldOf(null, "System metrics").Length, 0, 1);
        if (OperatingSystem.IsLinux())
        {
            var names = samples[^1].Values.Select(metric => metric.Name).ToList();
            Assert.Superset(
                new HashSet<string>
                {
                    "system/system_memory_usage_megabytes", "system/system_memory_usage_percentage",
                    "system/disk_usage_megabytes", "system/disk_available_megabytes",
                },
                names.ToHashSet());
            Assert.All(
                samples.SelectMany(sample => sample.Values).Where(metric => metric.Name.EndsWith("_percentage", StringComparison.Ordinal)),
                metric => Assert.InRange(metric.Value, 0, 100));
        }
    }

    [Fact]
    public async Task A_call_without_a_step_does_not_notice_samples_before_and_after_a_resume()
    {
        await using (var run = _lab.Open(Two, Sampled))
        {
            run.LogMetric("loss", 1);
            await SamplesAsync(run, 5);
            run.LogMetric("loss", 1);
            Assert.Equal(1, run.LargestStep);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        var before = Samples();
        Assert.Equal((1, before[^1].Step), (_lab.Record().LargestStep, _lab.Record().LastSample));
        await using (var run = _lab.Resume(Two, Sampled))
        {
            run.LogMetric("loss", 1);
            await SamplesAsync(run, before.Length + 1);
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal([0, 1, 2, 3], _lab.Recording.Steps("b"));
        Assert.Equal(Enumerable.Range(0, Samples().Length).Select(step => (long)step), Samples().Select(sample => sample.Step));
    }

    [Fact]
    public async Task After_the_journals_are_deleted_the_numbers_go_on()
    {
        const string Deleted = Sampled + ", \"Journal\": \"Delete\"";
        for (var part = 0; part < 2; part++)
        {
            await using var run = part == 0 ? _lab.Open(Two, Deleted) : _lab.Resume(Two, Deleted);
            run.LogMetric("loss", 1);
            await SamplesAsync(run, Samples().Length + 2);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal([0, 1], _lab.Recording.Steps("b"));
        Assert.Equal(Enumerable.Range(0, Samples().Length).Select(step => (long)step), Samples().Select(sample => sample.Step));
    }

    [Fact]
    public async Task A_run_that_has_ended_takes_no_samples_and_is_not_opened_by_them()
    {
        await using var run = _lab.Open(Two, Sampled);
        run.LogMetric("loss", 1);
        await SamplesAsync(run, 1);
        await run.FinalizeAsync(RunStatus.Finished);
        Assert.True(run.HasEnded);
        Assert.True(run.Deliveries.All(delivery => delivery.IsComplete));
        var last = Samples().Length;
        run.LogMetric("test", 1);
        await SamplesAsync(run, last + 1);
        await run.FinalizeAsync(RunStatus.Finished);

        Assert.Equal([RunStatus.Finished, RunStatus.Running, RunStatus.Finished], _lab.Recording.Statuses("a"));
    }

    [Fact]
    public async Task Without_being_switched_on_there_is_no_sample_and_no_thread()
    {
        await using var run = _lab.Open(Two, "\"SystemMetrics\": { \"Interval\": \"00:00:00.1\" }");
        run.LogMetric("loss", 1);
        await run.FinalizeAsync(RunStatus.Finished);

        Assert.Null(run.Session.Sampler);
        Assert.Equal(["loss"], _lab.Recording.Names("a"));
    }

    private LoggedRecord.Metrics[] Samples() =>
        [.. _lab.Recording.Saved("a").OfType<LoggedRecord.Metrics>().Where(record => IsSampled(record.Values[0]))];

    private static bool IsSampled(Metric metric) => metric.Name.StartsWith("system/", StringComparison.Ordinal);

    private async Task SamplesAsync(LightningRun run, int count)
    {
        while (Samples().Length < count)
        {
            await Lab.DeliveredAsync(run);
        }
    }
}
