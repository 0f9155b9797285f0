using PluginLoggers.Contract;
using PluginLoggers.Hosting.Tests.Configuration;

namespace PluginLoggers.Hosting.Tests.Delivery;

/// <summary>What a backend is given, and what becomes of what it does not take.</summary>
public sealed class SelectionTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_refused_metric_is_a_dead_letter_and_the_good_ones_of_its_call_are_kept()
    {
        var saves = 0;
        _lab.Recording.Created = (context, logger) =>
        {
            logger.FailLog = record => record is LoggedRecord.Metrics metrics && metrics.Values.Any(metric => metric.Name == "bad")
                ? new LoggerRejectedException("The server takes no bad.")
                : null;
            logger.FailSave = () => ++saves == 1 ? new IOException("down") : null;
        };
        await using (var run = _lab.Open(""" "r": { "Type": "Recording" } """))
        {
            run.LogMetrics([("a", 1.0), ("bad", 2.0), ("b", 3.0)]);
            run.LogMetric("bad", 4);
            run.LogMetric("c", 5);
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
            Assert.Equal((2, 2), (Lab.Delivery(run, "r").DeadLetters, Lab.Delivery(run, "r").DeliveredRecords));
        }

        Assert.Equal(["a", "b", "c"], _lab.Recording.Names("r"));
        var letters = await File.ReadAllLinesAsync(_lab.State("r.dead-letters.jsonl"));
        Assert.Equal(2, letters.Length);
        Assert.All(letters, letter => Assert.Contains("The server takes no bad.", letter, StringComparison.Ordinal));
        Assert.Equal(["0", "1"], letters.Select(letter => Settings.Json(letter)["position:record"]));
        Assert.Equal(DiagnosticLevel.Error, Assert.Single(_lab.ToldOf("r", "The server takes no bad.")).Level);
    }

    [Fact]
    public async Task An_artifact_that_is_gone_is_a_dead_letter()
    {
        var kept = Path.Combine(_lab.SaveDir, "kept.txt");
        await File.WriteAllTextAsync(kept, "kept");
        await using var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        run.LogArtifact(Path.Combine(_lab.SaveDir, "gone.txt"));
        run.LogArtifact(kept);
        run.AfterSaveCheckpoint(new Checkpoint(Path.Combine(_lab.SaveDir, "gone.ckpt")));
        await Lab.DeliveredAsync(run);

        Assert.Equal(kept, Assert.IsType<LoggedRecord.Artifact>(Assert.Single(_lab.Recording.Saved("r"))).Path);
        Assert.Equal(2, Lab.Delivery(run, "r").DeadLetters);
        Assert.Single(_lab.ToldOf("r", "gone.txt is gone"));
        Assert.Single(_lab.ToldOf("r", "gone.ckpt is gone"));
    }

    [Fact]
    public async Task What_it_cannot_show_is_counted_and_told_once()
    {
        _lab.Recording.Created = (context, logger) => logger.CanShow = context.Key == "all" ? LoggerFeatures.All : LoggerFeatures.Metrics;
        await using var run = _lab.Open(""" "all": { "Type": "Recording" }, "some": { "Type": "Recording" } """);
        run.LogText("note", "one");
        run.LogText("note", "two");
        run.LogMetric("loss", 1);
        run.LogCustom("a.b", "name", [1]);
        await Lab.DeliveredAsync(run);

        Assert.Equal(4, _lab.Recording.Saved("all").Count);
        Assert.IsType<LoggedRecord.Metrics>(Assert.Single(_lab.Recording.Saved("some")));
        Assert.Equal((3, 1), (Lab.Delivery(run, "some").UnsupportedRecords, Lab.Delivery(run, "some").DeliveredRecords));
        Assert.Single(_lab.ToldOf("some", "text"));
        Assert.Single(_lab.ToldOf("some", "open records"));

        // Both in one line, or in two if a save came between them.
        Assert.InRange(_lab.Told.Length, 1, 2);
    }

    [Fact]
    public async Task An_open_record_goes_to_those_that_read_its_kind()
    {
        var services = _lab.Services(""" "reads": { "Type": "Picky" } """, setup: setup =>
        {
            _lab.Setup(setup);
            setup.Plugins.Add(new PickyPlugin());
        });
        await using var run = (LightningRun)services.GetService(typeof(LightningRun))!;
        run.LogCustom("known", "one", [1]);
        run.LogCustom("other", "two", [2]);
        run.LogCustom("other", "three", [3]);
        await Lab.DeliveredAsync(run);

        Assert.Equal((1, 2), (Lab.Delivery(run, "reads").DeliveredRecords, Lab.Delivery(run, "reads").UnsupportedRecords));
        Assert.Single(_lab.ToldOf("reads", "open records of the kind other"));
    }

    [Fact]
    public async Task Include_and_exclude_select_metrics()
    {
        await using var run = _lab.Open("""
            "val": { "Type": "Recording", "Include": [ "val/*" ] },
            "rest": { "Type": "Recording", "Exclude": [ "val/**" ] }
            """);
        run.LogMetrics([("loss", 1.0), ("val/loss", 2.0), ("val/a/b", 3.0)]);
        run.LogMetric("val/loss", 4);
        await Lab.DeliveredAsync(run);
        Assert.Equal(["val/loss", "val/loss"], _lab.Recording.Names("val"));
        Assert.Equal(["loss"], _lab.Recording.Names("rest"));
        Assert.Equal(1, Lab.Delivery(run, "rest").DeliveredRecords);
    }

    [Fact]
    public async Task What_is_logged_to_one_logger_is_for_that_one_only()
    {
        await using var run = _lab.Open(""" "A": { "Type": "Recording" }, "b": { "Type": "Recording" } """);
        run.LogMetric("both", 1);
        run["a"].LogMetric("a only", 2);
        run[1].LogMetric("b only", 3);
        await Lab.DeliveredAsync(run);
        Assert.Equal(["both", "a only"], _lab.Recording.Names("A"));
        Assert.Equal([0, 1], _lab.Recording.Steps("A"));
        Assert.Equal(["both", "b only"], _lab.Recording.Names("b"));
        Assert.Equal([0, 2], _lab.Recording.Steps("b"));
    }

    [LoggerPlugin("Picky")]
    private sealed class PickyPlugin : ILoggerPlugin<object>
    {
        public ILightningLogger Create(object options, LoggerContext context) => new PickyLogger(context);
    }

    private sealed class PickyLogger(LoggerContext context) : LightningLoggerBase(context)
    {
        public override LoggerFeatures Features => LoggerFeatures.Custom;

        public override bool AcceptsCustom(string kind) => kind == "known";

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => Assert.Fail("It shows no metrics.");
    }
}
