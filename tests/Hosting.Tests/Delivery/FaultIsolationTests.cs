using PluginLoggers.Contract;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Delivery;

/// <summary>One record that cannot be delivered does not keep the others back, and an outage makes no dead letters.</summary>
public sealed class FaultIsolationTests : IDisposable
{
    private const string Loggers = """ "r": { "Type": "Recording" } """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_keeps_failing_is_left_out_when_the_next_one_passes(bool failsInSave)
    {
        _lab.Recording.Created = (_, logger) =>
        {
            if (failsInSave)
            {
                logger.FailSave = () => logger.Records.Skip(logger.SavedRecords.Count).Any(IsPoison) ? new IOException("500") : null;
            }
            else
            {
                logger.FailLog = record => IsPoison(record) ? new IOException("500") : null;
            }
        };
        await using var run = _lab.Open(Loggers);
        for (var i = 0; i < 40; i++)
        {
            run.LogMetric(i == 27 ? "poison" : "loss", i);
        }

        await run.FinalizeAsync(RunStatus.Finished);
        await PersistAsync(run, () => run.Deliveries[0].IsComplete);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i != 27).Select(i => (long)i), _lab.Recording.Steps("r"));
        Assert.Equal(1, run.Deliveries[0].DeadLetters);
        Assert.Single(await File.ReadAllLinesAsync(_lab.State("r.dead-letters.jsonl")));
        Assert.Single(_lab.ToldOf("r", "A record was refused: 500"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_cannot_be_decoded_is_left_out_and_the_run_delivered_anew_once_at_most(bool failsInSave)
    {
        _lab.ShutdownTimeout = "00:00:00";
        _lab.Recording.Created = (_, logger) =>
        {
            // What decoders throw, and what says that the output is not what the bookmark says.
            var failure = new InvalidDataException("This image cannot be decoded.");
            if (failsInSave)
            {
                logger.FailSave = () => logger.Records.Skip(logger.SavedRecords.Count).Any(IsPoison) ? failure : null;
            }
            else
            {
                logger.FailLog = record => IsPoison(record) ? failure : null;
            }
        };
        await using var run = _lab.Open(Loggers);
        for (var i = 0; i < 40; i++)
        {
            if (i is 20 or 25)
            {
                await Lab.DeliveredAsync(run);
            }

            run.LogMetric(i == 27 ? "poison" : "loss", i);
        }

        await run.FinalizeAsync(RunStatus.Finished);
        await PersistAsync(run, () => run.Deliveries[0].IsComplete);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i != 27).Select(i => (long)i), _lab.Recording.Steps("r"));
        Assert.Equal((39, 1), (run.Deliveries[0].DeliveredRecords, run.Deliveries[0].DeadLetters));
        Assert.Single(_lab.ToldOf("r", "The whole run is delivered to it anew."));
        Assert.Single(_lab.ToldOf("r", "A record was refused: This image cannot be decoded."));
    }

    [Fact]
    public async Task A_backend_that_refuses_a_record_when_it_saves_it_alone_has_all_others()
    {
        _lab.Recording.Created = (_, logger) => logger.FailSave = () =>
            logger.Records.Skip(logger.SavedRecords.Count).ToList() is var unsaved && !unsaved.Exists(IsPoison) ? null
            : unsaved.Count == 1 ? new LoggerRejectedException("400")
            : new IOException("400 somewhere");
        await using var run = _lab.Open(Loggers);
        for (var i = 0; i < 10; i++)
        {
            run.LogMetric(i is 3 or 9 ? "poison" : "loss", i);
        }

        await run.SaveAsync();
        await PersistAsync(run, () => run.Deliveries[0].IsComplete);
        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8], _lab.Recording.Steps("r"));
        Assert.Equal(2, run.Deliveries[0].DeadLetters);
    }

    [Fact]
    public async Task An_outage_makes_no_dead_letters()
    {
        var isDown = true;
        _lab.Recording.Created = (_, logger) => logger.FailSave = () => Volatile.Read(ref isDown) ? new IOException("down") : null;
        await using var run = _lab.Open(Loggers);
        for (var i = 0; i < 40; i++)
        {
            run.LogMetric("loss", i);
        }

        await run.SaveAsync();
        await PersistAsync(run, () => run.Deliveries[0].Failures > 30);
        Volatile.Write(ref isDown, false);
        await PersistAsync(run, () => run.Deliveries[0].IsComplete);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), _lab.Recording.Steps("r"));
        Assert.Equal(0, run.Deliveries[0].DeadLetters);
        Assert.False(File.Exists(_lab.State("r.dead-letters.jsonl")));
        Assert.Equal(2, _lab.Told.Length);
    }

    [Fact]
    public void Batches_shrink_with_failures_and_grow_with_saves()
    {
        var isolation = new FaultIsolation();
        var (start, end) = (JournalPosition.Start, new JournalPosition(1, 5000, 0));
        Assert.Equal(long.MaxValue, isolation.Batch);
        foreach (var batch in new[] { long.MaxValue, long.MaxValue, 500, 250 })
        {
            isolation.Failed(new IOException(), Math.Min(isolation.Batch, 1000), start, end);
            Assert.Equal(batch, isolation.Batch);
        }

        isolation.Saved(start);
        Assert.Equal(500, isolation.Batch);
        isolation.Saved(end);
        Assert.Equal(long.MaxValue, isolation.Batch);
    }

    [Fact]
    public void A_suspect_is_cleared_when_the_next_record_fails_as_well()
    {
        var isolation = new FaultIsolation();
        var at = JournalPosition.Start;
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(isolation.Suspect);
            isolation.Failed(new IOException("500"), 1, at, at);
        }

        Assert.Equal(new FailingRecord(at, "500", IsCertain: false), isolation.Suspect);
        isolation.Failed(new IOException("500"), 1, at, at);
        Assert.Null(isolation.Suspect);
    }

    [Fact]
    public void A_narrower_try_is_no_repetition_and_in_an_outage_everything_is_one()
    {
        var isolation = new FaultIsolation();
        var at = JournalPosition.Start;
        bool Fails(long handed) => isolation.Failed(new IOException(), handed, at, at);
        Assert.Equal([false, false, true, true], new[] { Fails(1000), Fails(1000), Fails(1000), Fails(500) });
        while (isolation.Suspect is null)
        {
            Fails(1);
        }

        Assert.False(Fails(1));
        Assert.All(Enumerable.Range(0, 20), _ => Assert.False(Fails(1)));
        isolation.Saved(at);
        Assert.Equal([false, false, true], new[] { Fails(1000), Fails(1000), Fails(1000) });
    }

    [Fact]
    public void What_fails_without_a_record_puts_none_under_suspicion()
    {
        var isolation = new FaultIsolation();
        for (var i = 0; i < 20; i++)
        {
            isolation.Failed(new IOException(), 0, JournalPosition.Start, JournalPosition.Start);
        }

        Assert.Null(isolation.Suspect);
        Assert.Equal(long.MaxValue, isolation.Batch);
    }

    private static bool IsPoison(LoggedRecord record) => record is LoggedRecord.Metrics { Values: [{ Name: "poison" }] };

    /// <summary>Has delivery tried at once, again and again.</summary>
    private async Task PersistAsync(LightningRun run, Func<bool> until)
    {
        for (var tries = 0; !until(); tries++)
        {
            Assert.True(tries < 300, string.Join('\n', run.Deliveries) + string.Join('\n', _lab.Told.AsEnumerable()));
            await run.WaitForDeliveryAsync(TimeSpan.FromMilliseconds(10));
        }
    }
}
