using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests.Contract;

public class RecordingLoggerTests
{
    [Fact]
    public async Task Everything_is_kept_in_order_with_its_time_and_a_whole_step()
    {
        var time = new SettableTime();
        await using var logger = new RecordingLogger(time);
        logger.LogMetric("loss", 0.5);
        time.Now += TimeSpan.FromSeconds(1);
        logger.LogMetric("loss", 0.25);
        logger.LogText("summary", "text", step: 41);
        logger.LogCustom("kind", "name", [1, 2]);

        Assert.Equal(
            [new RecordedPoint("loss", 0, 0.5, time.Now.AddSeconds(-1)), new RecordedPoint("loss", 1, 0.25, time.Now)], logger.Points);
        Assert.Equal(new LoggedRecord.Text(time.Now, "summary", "text", 41), logger.Records[2]);
        var custom = Assert.IsType<LoggedRecord.Custom>(logger.Records[3]);
        Assert.Equal((42L, 2), (custom.Step, custom.Payload.Length));
    }

    [Fact]
    public async Task Saves_and_statuses_are_counted_and_what_was_saved_is_known()
    {
        var logger = new RecordingLogger();
        logger.LogMetric("loss", 1);
        Assert.Null(logger.Bookmark);
        await logger.SaveAsync();
        logger.LogMetric("loss", 2);
        Assert.Equal((1, 2), (logger.SavedRecords.Count, logger.Records.Count));
        Assert.Equal((1, "1", RunStatus.Running), (logger.SaveCount, logger.Bookmark, logger.Status));

        await logger.FinalizeAsync(RunStatus.Failed);
        await logger.FinalizeAsync(RunStatus.Running);
        Assert.Equal([RunStatus.Failed, RunStatus.Running], logger.Statuses);
        Assert.Equal((2, "2"), (logger.SavedRecords.Count, logger.Bookmark));
    }

    [Fact]
    public async Task It_goes_on_from_a_bookmark()
    {
        var logger = new RecordingLogger(new LoggerContext { Key = "recording", OutputDirectory = "/nowhere", Bookmark = "7" });
        Assert.Equal("7", logger.Bookmark);
        logger.LogMetric("loss", 1, step: 0);
        await logger.SaveAsync();
        Assert.Equal("8", logger.Bookmark);
    }

    [Fact]
    public async Task It_fails_on_demand_and_keeps_nothing_of_what_failed()
    {
        var logger = new RecordingLogger
        {
            FailLog = record => record is LoggedRecord.Metrics { Step: 1 } ? new LoggerRejectedException("Not this one.") : null,
        };
        logger.LogMetric("loss", 0);
        Assert.Throws<LoggerRejectedException>(() => logger.LogMetric("loss", 1));
        logger.LogMetric("loss", 2, step: 2);
        Assert.Equal([0, 2], logger.Points.Select(point => point.Value));

        logger.FailSave = () => new IOException("full");
        await Assert.ThrowsAsync<IOException>(() => logger.SaveAsync().AsTask());
        await Assert.ThrowsAsync<IOException>(() => logger.FinalizeAsync(RunStatus.Finished).AsTask());
        Assert.Equal((0, 0, null), (logger.SaveCount, logger.Statuses.Count, logger.Bookmark));

        logger.FailSave = null;
        await logger.SaveAsync();
        Assert.Equal(2, logger.SavedRecords.Count);
    }

    [Fact]
    public async Task What_comes_after_the_disposal_is_an_error()
    {
        var logger = new RecordingLogger();
        await logger.DisposeAsync();
        await logger.DisposeAsync();
        Assert.True(logger.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => logger.LogMetric("loss", 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => logger.SaveAsync().AsTask());
    }

    [Fact]
    public void What_several_threads_log_is_all_there()
    {
        var logger = new RecordingLogger();
        Parallel.For(0, 1000, i => logger.LogMetric("loss", i));
        Assert.Equal(Enumerable.Range(0, 1000), logger.Points.Select(point => (int)point.Value).Order());
        Assert.Equal(Enumerable.Range(0, 1000), logger.Points.Select(point => (int)point.Step));
    }

    [Fact]
    public void Hyperparameters_are_merged_and_the_later_value_counts()
    {
        var logger = new RecordingLogger();
        logger.LogHyperparams(
            new Dictionary<string, object?> { ["lr"] = 0.1, ["net"] = new Dictionary<string, object?> { ["layers"] = 3 } });
        logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.2 }, new Dictionary<string, double> { ["hp_metric"] = 1 });

        Assert.Equal([KeyValuePair.Create("lr", (object?)0.2), KeyValuePair.Create("net/layers", (object?)3L)], logger.Hyperparams);
        Assert.Empty(logger.Points);
    }
}
