using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>
/// A disk that is full costs nothing but time: training goes on, the user is told once, and delivery resumes when there is room.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Count = 20_000;

    private const string Loggers =
        """ "csv": { "Type": "Csv" }, "tensorboard": { "Type": "TensorBoard" }, "good": { "Type": "Recording" } """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [DebugFact]
    public async Task A_journal_that_cannot_be_written_is_written_when_there_is_room()
    {
        await using var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        Log(run, 0, 10);
        await Lab.DeliveredAsync(run);
        var disk = new RefusingDisk(_lab.SaveDir, "write", ".journal");
        Log(run, 10, Count);
        var refusal = await Assert.ThrowsAsync<IOException>(async () => await run.SaveAsync());
        await Assert.ThrowsAsync<IOException>(async () => await run.SaveAsync());
        Log(run, Count, Count + 10);
        disk.Dispose();
        await SavedAsync(run);
        await Lab.DeliveredAsync(run);

        Assert.Contains(RefusingDisk.Full, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Count + 10).Select(i => (long)i), _lab.Recording.Steps("r"));
        Assert.Equal(DiagnosticLevel.Error, Assert.Single(_lab.ToldOf(null, RefusingDisk.Full)).Level);
        Assert.Single(_lab.ToldOf(null, "can be written again"));
        Assert.False(_lab.Record().Incomplete);
    }

    [DebugFact]
    public async Task Output_that_cannot_be_written_is_written_when_there_is_room()
    {
        (string Logger, string Call, string File)[] refused =
        [
            ("csv", "create", "metrics.csv.tmp"), ("csv", "write", "metrics.csv.tmp"), ("csv", "sync", "metrics.csv.tmp"),
            ("csv", "rename", "metrics.csv"), ("csv", "write", "metrics.csv"), ("csv", "sync", "metrics.csv"),
            ("tensorboard", "write", "events.out"), ("tensorboard", "sync", "events.out"),
        ];
        foreach (var (logger, call, file) in refused)
        {
            using var lab = new Lab();
            await using var run = lab.Open(Loggers);
            Log(run, 0, 10);
            await Lab.DeliveredAsync(run);
            var disk = new RefusingDisk(lab.SaveDir, call, file);
            Log(run, 10, 100);

            // A new column, so that the table is written anew.
            run.LogMetric("late", 100, 100);
            while (Lab.Delivery(run, logger).Failures < 2)
            {
                await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
            }

            disk.Dispose();
            await Lab.DeliveredAsync(run);

            Assert.Equal(101, lab.Recording.Steps("good").Length);
            Assert.Equal(Enumerable.Range(0, 101).Select(i => (long)i), CsvSteps(lab));
            Assert.Equal(
                Enumerable.Range(0, 101).Select(i => (long)i), EventFile.Scalars(lab.File("version_0")).Select(scalar => scalar.Step));
            // Once for each file: fewer records at once, without the new column, go to the table itself.
            Assert.InRange(lab.ToldOf(logger, RefusingDisk.Full).Length, 1, 2);
            Assert.Single(lab.ToldOf(logger, "works again; what"));
            Assert.DoesNotContain(lab.Told, told => told.Logger != logger);
        }
    }

    [DebugFact]
    public async Task A_dead_letter_whose_cursor_cannot_be_written_is_entered_once_and_told()
    {
        _lab.Recording.Created = static (_, logger) => logger.FailLog = static _ => new LoggerRejectedException("No.");
        await using var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        using (new RefusingDisk(_lab.SaveDir, "create", "r.cursor.json.tmp"))
        {
            run.LogMetric("bad", 1);
            while (Lab.Delivery(run, "r").Failures < 3)
            {
                await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
            }

            Assert.Empty(_lab.ToldOf("r", "A record was refused: No."));
        }

        await Lab.DeliveredAsync(run);
        Assert.Single(await File.ReadAllLinesAsync(_lab.State("r.dead-letters.jsonl")));
        Assert.Single(_lab.ToldOf("r", "A record was refused: No."));
        Assert.Equal(1, Lab.Delivery(run, "r").DeadLetters);
    }

    [TmpfsFact]
    public async Task A_small_disk_that_is_full_with_everything_on_it_gets_everything_when_there_is_room()
    {
        using var disk = new Tmpfs(_lab.SaveDir, "200k");
        await using var run = _lab.Open(Loggers);
        Log(run, 0, Count);
        await Assert.ThrowsAsync<IOException>(async () => await run.SaveAsync());
        Log(run, Count, Count + 10);
        disk.Resize("20m");
        await SavedAsync(run);
        await Lab.DeliveredAsync(run);
        await run.FinalizeAsync(RunStatus.Finished);

        AssertAllAreThere(Count + 10);
        Assert.Equal(RunStatus.Finished, _lab.Record().Status);
        Assert.Single(_lab.ToldOf(null, RefusingDisk.Full));
        Assert.InRange(_lab.ToldOf("csv", RefusingDisk.Full).Length, 0, 1);
        Assert.InRange(_lab.ToldOf("tensorboard", RefusingDisk.Full).Length, 0, 1);
    }

    [TmpfsFact]
    public async Task A_small_disk_that_is_full_with_the_output_of_one_backend_costs_the_others_nothing()
    {
        var folder = Directory.CreateDirectory(_lab.File("version_0", "small")).FullName;
        using var disk = new Tmpfs(folder, "100k");
        await using var run = _lab.Resume(""" "small": { "Type": "Csv" }, """ + Loggers);
        Log(run, 0, Count);
        while (Lab.Delivery(run, "small").Failures < 2)
        {
            await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
        }

        while (run.Deliveries.Any(delivery => delivery.Key != "small" && !delivery.IsComplete))
        {
            await run.WaitForDeliveryAsync(TimeSpan.FromSeconds(1));
        }

        disk.Resize("20m");
        await Lab.DeliveredAsync(run);

        AssertAllAreThere(Count);
        Assert.Equal(File.ReadAllText(_lab.File("version_0", "metrics.csv")), File.ReadAllText(Path.Combine(folder, "metrics.csv")));
        Assert.Single(_lab.ToldOf("small", RefusingDisk.Full));
        Assert.DoesNotContain(_lab.Told, told => told.Logger != "small");
    }

    [DebugFact]
    public async Task A_run_whose_last_records_the_disk_refuses_is_incomplete_though_its_record_cannot_be_written_either()
    {
        var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        Log(run, 0, 10);
        await Lab.DeliveredAsync(run);
        using (new RefusingDisk(_lab.SaveDir, "write", ".journal"))
        using (new RefusingDisk(_lab.SaveDir, "write", "run.json"))
        {
            Log(run, 10, 20);
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.True(run.IsIncomplete);
            await run.DisposeAsync();
        }

        AssertIsIncomplete();

        // Whoever goes on with it does not make it whole.
        await using (var again = _lab.Resume(""" "r": { "Type": "Recording" } """))
        {
            await again.FinalizeAsync(RunStatus.Finished);
        }

        Assert.True(_lab.Record().Incomplete);
    }

    [DebugFact]
    public async Task An_end_that_the_disk_refused_is_written_when_the_run_is_disposed_and_there_is_room()
    {
        var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        Log(run, 0, 10);
        using (new RefusingDisk(_lab.SaveDir, "write", ".journal"))
        using (new RefusingDisk(_lab.SaveDir, "write", "run.json"))
        {
            await run.FinalizeAsync(RunStatus.Finished);
            Assert.Equal(RunStatus.Running, _lab.Record().Status);
        }

        await run.DisposeAsync();

        Assert.Equal(RunStatus.Finished, _lab.Record().Status);
        Assert.NotNull(_lab.Record().Ended);
        Assert.False(Assert.Single(new RunLibrary(_lab.SaveDir).List()).IsIncomplete);
    }

    [DebugFact]
    public async Task A_disk_that_hangs_does_not_keep_the_run_from_its_end()
    {
        _lab.ShutdownTimeout = "00:00:01";
        var run = _lab.Open(""" "r": { "Type": "Recording" } """);
        await run.SaveAsync();
        using var disk = new RefusingDisk(_lab.SaveDir, "write", ".journal", hangs: true);
        Log(run, 0, 10);
        await run.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_lab.ToldOf(null, "has not come back from a call for 5 seconds"));
        Assert.Single(_lab.ToldOf(null, "The run is incomplete"));
        using var again = OpenedRun.Open(_lab.SaveDir, "digits", "version_0", LockPurpose.Log, TimeProvider.System);
    }

    [DebugFact]
    public async Task A_disk_that_hangs_in_the_middle_of_a_cursor_does_not_keep_the_run_from_its_end()
    {
        _lab.ShutdownTimeout = "00:00:01";
        var run = _lab.Open(""" "r": { "Type": "Recording" } """);

        // It never comes back: what would be written then has no folder any more.
        var disk = new RefusingDisk(_lab.SaveDir, "write", "r.", hangs: true);
        Log(run, 0, 10);
        Assert.True(disk.Reached.Wait(TimeSpan.FromMinutes(1)));
        await run.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_lab.ToldOf("r", "are not delivered"));
    }

    [TmpfsFact]
    public async Task A_run_on_a_small_disk_that_stays_full_to_its_end_is_incomplete()
    {
        using var disk = new Tmpfs(_lab.SaveDir, "200k");
        var run = _lab.Open(Loggers);
        await run.RunAsync(logger => Log(logger, 0, Count));
        Assert.True(run.IsIncomplete);
        await run.DisposeAsync();

        AssertIsIncomplete();
    }

    [DebugFact]
    public void A_run_that_a_full_disk_does_not_let_begin_leaves_nothing_and_names_its_own_folder_and_the_cure()
    {
        (string Call, string File)[] refused = [("open", "lock"), ("create", "lock-owner"), ("write", "run.json"), ("rename", "run.json")];
        using (OpenedRun.Open(_lab.SaveDir, "digits", null, LockPurpose.Log, TimeProvider.System))
        {
            foreach (var (call, file) in refused)
            {
                using var disk = new RefusingDisk(_lab.SaveDir, call, file);

                var told = Assert.Throws<IOException>(
                    () => OpenedRun.Open(_lab.SaveDir, "digits", null, LockPurpose.Log, TimeProvider.System)).Message;

                Assert.StartsWith($"The run's folder {_lab.File("version_1")} cannot be written: ", told, StringComparison.Ordinal);
                Assert.Contains("'. Make room there, or set LightningLoggers:Run:SaveDir", told, StringComparison.Ordinal);
                Assert.False(Directory.Exists(_lab.File("version_1")));
                Assert.Throws<IOException>(() => OpenedRun.Open(_lab.SaveDir, "other", "new", LockPurpose.Log, TimeProvider.System));
                Assert.False(Directory.Exists(Path.Combine(_lab.SaveDir, "other")));
            }
        }

        using var next = OpenedRun.Open(_lab.SaveDir, "digits", null, LockPurpose.Log, TimeProvider.System);
        Assert.Equal("version_1", next.Folder.Version);
    }

    [TmpfsFact]
    public void A_run_on_a_small_disk_that_is_full_leaves_nothing_and_says_to_make_room()
    {
        using var disk = new Tmpfs(_lab.SaveDir, "64k");
        using (var full = File.Create(Path.Combine(_lab.SaveDir, "full")))
        {
            Assert.Throws<IOException>(() => full.Write(new byte[128 * 1024]));
        }

        var told = Assert.Throws<IOException>(
            () => OpenedRun.Open(_lab.SaveDir, "digits", null, LockPurpose.Log, TimeProvider.System)).Message;

        Assert.Contains("Make room there", told, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_lab.SaveDir, "full")], Directory.GetFileSystemEntries(_lab.SaveDir));
    }

    private static void Log(LightningRun run, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            run.LogMetric("loss", i);
        }
    }

    /// <summary>The journal tries again by itself; whoever asks before that is told once more that it cannot be written.</summary>
    private static async Task SavedAsync(LightningRun run)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await run.SaveAsync();
                return;
            }
            catch (IOException) when (tries < 1000)
            {
                // The next try comes within two seconds.
            }
        }
    }

    private static IEnumerable<long> CsvSteps(Lab lab)
    {
        var rows = File.ReadLines(lab.File("version_0", "metrics.csv")).Select(row => row.Split(',')).ToList();
        var column = rows[0].IndexOf("step");
        return rows.Skip(1).Select(cells => long.Parse(cells[column], System.Globalization.CultureInfo.InvariantCulture));
    }

    private void AssertIsIncomplete()
    {
        Assert.Single(_lab.ToldOf(null, "The end of the run could not be written"));
        Assert.True(Assert.Single(new RunLibrary(_lab.SaveDir).List()).IsIncomplete);
        Assert.Single(_lab.ToldOf(null, "The run is incomplete"));
    }

    private void AssertAllAreThere(int count)
    {
        var steps = Enumerable.Range(0, count).Select(i => (long)i).ToList();
        Assert.Equal(steps, _lab.Recording.Steps("good"));
        Assert.Equal(steps, CsvSteps(_lab));
        Assert.Equal(steps, EventFile.Scalars(_lab.File("version_0")).Where(scalar => scalar.Tag == "loss").Select(scalar => scalar.Step));
    }
}
