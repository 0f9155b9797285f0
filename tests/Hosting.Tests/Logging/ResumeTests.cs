using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Logging;

/// <summary>Naming an existing version goes on in the same outputs.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Real = """ "csv": { "Type": "Csv" }, "tensorboard": { "Type": "TensorBoard" } """;
    private const string Recording = """ "r": { "Type": "Recording" } """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Csv_and_TensorBoard_continue_in_their_files()
    {
        for (var part = 0; part < 3; part++)
        {
            await using var run = part == 0 ? _lab.Open(Real) : _lab.Resume(Real);
            for (var i = 0; i < 10; i++)
            {
                run.LogMetric("loss", (part * 10) + i);
            }

            run.LogMetric($"part{part}", 1);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.Equal("version_0", run.Version);
            Assert.True(run.Deliveries.All(delivery => delivery.IsComplete));
        }

        var rows = await File.ReadAllLinesAsync(_lab.File("version_0", "metrics.csv"));
        Assert.Equal(1 + 33, rows.Length);
        Assert.Equal(
            Enumerable.Range(0, 33).Select(i => (long)i), EventFile.Scalars(_lab.File("version_0")).Select(scalar => scalar.Step).Order());
        Assert.Single(Directory.GetFiles(_lab.File("version_0"), "events.out.*"));
    }

    [Fact]
    public async Task A_logger_keeps_its_key_as_the_run_has_it_however_the_configuration_writes_it_now()
    {
        foreach (var key in (string[])["tb", "TB", "Tb"])
        {
            await using var run = key == "tb" ? _lab.Open(Logger(key)) : _lab.Resume(Logger(key));
            run.LogMetric(key, 1);
            run["tb"].LogMetric($"{key} alone", 2);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.Equal(["tb"], run.Keys);
        }

        Assert.Equal(["tb", "tb alone", "TB", "TB alone", "Tb", "Tb alone"], _lab.Recording.Names("tb"));
        Assert.Equal(_lab.File("version_0", "tb"), _lab.Recording.ContextOf("tb").OutputDirectory);
        Assert.Equal(["tb.cursor.json"], Directory.GetFiles(_lab.State(""), "*.cursor.json").Select(Path.GetFileName));
        Assert.Equal(["tb"], _lab.Record().Loggers.Keys);

        static string Logger(string key) => $$""" "{{key}}": { "Type": "Recording" } """;
    }

    [Fact]
    public async Task One_that_joins_a_resumed_run_has_its_key_as_well()
    {
        await using (var first = _lab.Open(""" "r": { "Type": "Recording" }, "late": { "Type": "Recording" } """))
        {
            first.LogMetric("before", 1);
            await first.FinalizeAsync(RunStatus.Finished);
        }

        await using var run = _lab.Resume(Recording);
        run.LogMetric("meanwhile", 1);
        run.Join(LoggersConfiguration.Read(
            _lab.Configuration(""" "r": { "Type": "Recording" }, "LATE": { "Type": "Recording" } """),
            settings =>
            {
                var catalog = settings.Discover();
                catalog.Add(_lab.Recording);
                return catalog;
            }));
        await Lab.DeliveredAsync(run);

        Assert.Equal(["r", "late"], run.Keys);
        Assert.Equal(["before", "meanwhile"], _lab.Recording.Names("late"));
    }

    [Fact]
    public async Task Null_steps_go_on_after_the_largest()
    {
        await using (var run = _lab.Open(Recording))
        {
            run.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 });
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await using (var run = _lab.Resume(Recording))
        {
            Assert.Null(run.LargestStep);
            run.LogMetric("loss", 1);
            run.LogMetric("loss", 1, 41);
            run.LogMetric("loss", 1, 7);
        }

        await using (var run = _lab.Resume(Recording))
        {
            run.LogMetric("loss", 1);
            await Lab.DeliveredAsync(run);
        }

        Assert.Equal([0, 41, 7, 42], _lab.Recording.Steps("r"));
    }

    [Fact]
    public async Task A_record_of_the_whole_run_has_no_step_and_one_at_step_0_has()
    {
        await using var run = _lab.Open(Recording);
        run.LogScalarCharts(new ScalarChartCategory("all", [ScalarChart.Lines("loss", "loss")]));
        run.DescribeHyperparams([new HyperparameterDomain("lr") { Range = (0, 1) }], []);
        run["r"].LogDataset(new DatasetInfo("digits"));
        run.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.1 });
        await run.SaveAsync();
        Assert.Null(run.LargestStep);
        Assert.Null(Survey().LargestStep);

        run.LogHyperparams(new Dictionary<string, object?>(), new Dictionary<string, double> { ["hp_metric"] = 1 });
        await run.SaveAsync();
        Assert.Equal(0, run.LargestStep);
        Assert.Equal(0, Survey().LargestStep);

        // What whoever goes on with it finds after a SIGKILL.
        JournalSurvey Survey() => JournalSurvey.Of(new JournalFolder(_lab.File("version_0", ".pluginloggers")));
    }

    [Fact]
    public async Task A_logger_that_is_added_has_the_whole_run()
    {
        await using (var run = _lab.Open(Real))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await using (var run = _lab.Resume(Real + ", " + Recording))
        {
            run.LogMetric("loss", 2);
            await run.FinalizeAsync(RunStatus.Failed);
        }

        Assert.Equal([0, 1], _lab.Recording.Steps("r"));
        Assert.Equal([RunStatus.Finished, RunStatus.Running, RunStatus.Failed], _lab.Recording.Statuses("r"));
    }

    [Fact]
    public async Task A_logger_whose_type_changed_has_the_whole_run()
    {
        await using (var run = _lab.Open(""" "x": { "Type": "Csv" } """))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await using (var run = _lab.Resume(""" "x": { "Type": "Recording" } """))
        {
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal([0], _lab.Recording.Steps("x"));
        Assert.Single(_lab.ToldOf("x", "was a Csv before, and is a Recording now"));
    }

    [Fact]
    public async Task A_damaged_cursor_means_that_the_run_is_delivered_anew()
    {
        await using (var run = _lab.Open(Recording))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await File.WriteAllTextAsync(_lab.State("r.cursor.json"), "{ \"type\": \"Rec");
        await _lab.DeliverAsync(Recording);
        Assert.Equal([0], _lab.Recording.Steps("r"));
        Assert.Single(_lab.ToldOf("r", "is damaged"));
    }

    [Fact]
    public async Task Damage_in_the_journal_is_told_and_the_rest_delivered()
    {
        await using (var run = _lab.Open(Recording))
        {
            for (var i = 0; i < 5; i++)
            {
                // Each save ends a block.
                run.LogMetric("loss", i);
                await run.SaveAsync();
            }

            await run.FinalizeAsync(RunStatus.Finished);
        }

        var journal = _lab.State("0001.journal");
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(journal, bytes);

        await using var resumed = _lab.Resume(""" "late": { "Type": "Recording" } """);
        await resumed.FinalizeAsync(RunStatus.Finished);
        Assert.Equal(4, _lab.Recording.Steps("late").Length);
        Assert.InRange(Lab.Delivery(resumed, "late").DamagedBytes, 1, bytes.Length / 2);
        Assert.Equal(DiagnosticLevel.Error, Assert.Single(_lab.ToldOf("late", "of the run's journal are damaged")).Level);
    }

    [Fact]
    public async Task A_journal_is_deleted_when_everybody_has_everything_and_its_number_is_not_used_again()
    {
        const string Delete = "\"Journal\": \"Delete\"";
        await using (var run = _lab.Open(Recording, Delete))
        {
            run.LogMetric("loss", 1, 5);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.False(File.Exists(_lab.State("0001.journal")));
        await using (var run = _lab.Resume(Recording + """, "late": { "Type": "Recording" } """, Delete))
        {
            run.LogMetric("loss", 2);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.True(File.Exists(_lab.State("0002.journal")));
        }

        Assert.False(File.Exists(_lab.State("0002.journal")));
        Assert.Equal([5, 6], _lab.Recording.Steps("r"));
        Assert.Equal([6], _lab.Recording.Steps("late"));
        Assert.Single(_lab.ToldOf("late", "the run's beginning were deleted"));
        Assert.Equal(2, _lab.Record().LastJournal);
    }

    [Fact]
    public async Task An_output_that_could_not_be_made_anew_is_left_as_it_is()
    {
        const string delete = "\"Journal\": \"Delete\"";
        const string csv = """ "csv": { "Type": "Csv" } """;
        const string other = """ "csv": { "Type": "Csv", "Options": { "Separator": ";" } } """;
        await using (var run = _lab.Open(csv, delete))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        var table = _lab.File("version_0", "metrics.csv");
        var before = await File.ReadAllTextAsync(table);
        await using (var run = _lab.Resume(other, delete))
        {
            run.LogMetric("loss", 2);
            await run.SaveAsync();
            while (Lab.Delivery(run, "csv").Failures < 2)
            {
                await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(before, await File.ReadAllTextAsync(table));
        Assert.Single(_lab.ToldOf("csv", "It is left as it is, because the journals of the run's beginning were deleted"));
        Assert.DoesNotContain(_lab.Told, told => told.Message.Contains("delivered to it anew", StringComparison.Ordinal));

        // With its options as they were, everything is there.
        await using (var run = _lab.Resume(csv, delete))
        {
            await run.FinalizeAsync(RunStatus.Finished);
            await Lab.DeliveredAsync(run);
        }

        Assert.Equal(3, (await File.ReadAllLinesAsync(table)).Length);
    }

    [Fact]
    public async Task A_journal_is_kept_for_a_logger_that_was_attached_once_and_is_behind()
    {
        const string Delete = "\"Journal\": \"Delete\"";
        _lab.Recording.Created = (context, logger) => logger.FailSave = () => context.Key == "behind" ? new IOException("down") : null;
        await using (var run = _lab.Open(Recording + """, "behind": { "Type": "Recording" } """, Delete))
        {
            run.LogMetric("loss", 1);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        await using (var run = _lab.Resume(Recording, Delete))
        {
            run.LogMetric("loss", 2);
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.True(File.Exists(_lab.State("0001.journal")));
        Assert.NotEmpty(_lab.ToldOf(null, "not everything is delivered to behind"));

        _lab.Recording.Created = static (_, _) => { };
        await using (var run = _lab.Resume(Recording + """, "behind": { "Type": "Recording" } """, Delete))
        {
            await run.FinalizeAsync(RunStatus.Finished);
        }

        Assert.Equal([0, 1], _lab.Recording.Steps("behind"));
        Assert.False(File.Exists(_lab.State("0001.journal")));
    }

    [Fact]
    public async Task What_the_loggers_are_stands_in_the_record_without_secrets()
    {
        await using var run = _lab.Open("""
            "mlflow": { "Type": "MLflow", "Enabled": false },
            "bad": { "Type": "Misbehaving", "Options": { "Reject": "http://me:secret@host/", "Throw": [ "X" ] } }
            """);
        var logger = Assert.Single(_lab.Record().Loggers);
        Assert.Equal(("bad", "Misbehaving"), (logger.Key, logger.Value.Type));
        Assert.Equal("X", logger.Value.Options["Throw:0"]);
        Assert.Equal("http://[redacted]@host/", logger.Value.Options["Reject"]);
    }

    [Fact]
    public void A_cursor_of_another_kind_of_file_is_none() => Assert.Null(Cursor.Read(Path.Combine(_lab.SaveDir, "nothing")));
}
