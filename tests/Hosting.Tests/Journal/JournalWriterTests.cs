using System.Collections.Concurrent;
using System.Globalization;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class JournalWriterTests : IDisposable
{
    private readonly JournalYard _yard = new();
    private readonly FakeStorage _storage = new();
    private readonly JournalSignal _published = new();
    private readonly BlockingCollection<Exception?> _told = [];

    public void Dispose()
    {
        _storage.MayWrite.Set();
        _told.Dispose();
        _yard.Dispose();
    }

    [Fact]
    public void A_record_is_written_soon_though_nobody_asks()
    {
        using var journal = Create();
        var target = journal.TargetOf("csv");
        for (var i = 0; i < 3; i++)
        {
            var (seen, before) = (_published.Version, journal.Writer.Written);
            journal.AppendMetrics(target, [new Metric("loss", i)], i);
            _published.Wait(seen, JournalYard.Patience);

            Assert.InRange(journal.Writer.Written, before + 1, long.MaxValue);
        }
    }

    [Fact]
    public async Task After_a_flush_everything_is_written_and_synced()
    {
        using var journal = Create();
        Log(journal, 3);
        await journal.FlushAsync();

        Assert.Equal(1, _storage.Syncs);
        Assert.Equal(3, Steps().Count);
    }

    [Fact]
    public async Task A_flush_that_is_asked_for_while_the_disk_refuses_has_what_was_logged_before_it_when_the_disk_recovers()
    {
        using var journal = Create();
        _storage.Refusal = new IOException("No space left on device.");
        Log(journal, 1);
        await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        Log(journal, 2);
        var flush = journal.FlushAsync();
        _storage.Refusal = null;
        await flush;

        Assert.Equal(3, Steps().Count);
    }

    [Fact]
    public async Task A_disk_that_refuses_is_told_once_and_nothing_is_lost_when_it_recovers()
    {
        using var journal = Create();
        Log(journal, 1);
        await journal.FlushAsync();
        (_storage.Refusal, _storage.BytesBeforeRefusal) = (new IOException("No space left on device."), 11);
        Log(journal, 2);

        var first = await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        var second = await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        Log(journal, 3);
        _storage.Refusal = null;
        Assert.IsType<IOException>(Told());
        Assert.Null(Told());
        await journal.FlushAsync();

        Assert.Contains("fake.journal cannot be written: No space left on device.", first.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", second.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 4, 5], Steps());
        Assert.Equal((6, 0, null), (journal.Accepted, journal.Dropped, journal.Writer.Refusal));
        Assert.Empty(_told);
        foreach (var again in _storage.Writes.GroupBy(write => write.Offset))
        {
            // The bytes of a block are written once: what is tried again is the same, and perhaps a block more.
            var longest = again.MaxBy(write => write.Bytes.Length).Bytes;
            Assert.All(again, write => Assert.Equal(longest[..write.Bytes.Length], write.Bytes));
        }

        Assert.InRange(_storage.Writes.Count, 5, int.MaxValue);
    }

    [Fact]
    public async Task A_sync_that_failed_is_owed_until_it_succeeds()
    {
        using var journal = Create();
        _storage.RefusesSync = true;
        Log(journal, 1);
        await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        _storage.RefusesSync = false;

        Assert.NotNull(Told());
        Assert.Null(Told());
        Assert.Equal(1, _storage.Syncs);
    }

    [Fact]
    public async Task Whatever_a_file_system_throws_is_a_refusal_and_a_listener_that_throws_changes_nothing()
    {
        using var journal = Create(told: refusal =>
        {
            _told.Add(refusal);
            throw new InvalidOperationException("The listener is broken.");
        });
        _storage.Refusal = new NotSupportedException("Odd disk.");
        Log(journal, 1);
        await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        _storage.Refusal = null;
        Assert.NotNull(Told());
        Assert.Null(Told());

        await journal.FlushAsync();
        Assert.Single(Steps());
    }

    [Fact]
    public async Task While_the_disk_refuses_the_newest_are_dropped_and_counted_once_the_buffer_is_full()
    {
        using var journal = Create(bound: 10_000);
        _storage.Refusal = new IOException("Gone.");
        Log(journal, 1);
        Assert.NotNull(Told());

        Log(journal, 5000);
        var (accepted, dropped) = (journal.Accepted, journal.Dropped);
        _storage.Refusal = null;
        Assert.Null(Told());
        await journal.FlushAsync();
        Log(journal, 1);
        await journal.FlushAsync();

        Assert.Equal(5001, accepted + dropped);
        Assert.InRange(accepted, 200, 2000);
        Assert.Equal([.. Enumerable.Range(0, (int)accepted).Select(step => (long)step), accepted], Steps());
        Assert.Equal(dropped, journal.Dropped);
    }

    [Fact]
    public async Task A_slow_disk_makes_callers_wait_and_nothing_is_dropped()
    {
        const int Threads = 4, Calls = 2000;
        using var journal = Create(bound: 5_000);
        _storage.MayWrite.Reset();
        var callers = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Calls; i++)
                {
                    journal.AppendMetrics(RunJournal.Everybody, [new Metric($"thread {thread}", i)], i);
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        Assert.True(_storage.WriteBegan.Wait(JournalYard.Patience));
        Assert.InRange(journal.Accepted, 0, 5_000 / 9);

        _storage.MayWrite.Set();
        await Task.WhenAll(callers).WaitAsync(JournalYard.Patience);
        await journal.FlushAsync();

        Assert.Equal((Threads * Calls, 0), (journal.Accepted, journal.Dropped));
        Assert.Equal(Threads * Calls, Steps().Count);
    }

    [Fact]
    public async Task A_caller_who_waits_for_a_slow_disk_goes_on_when_it_refuses()
    {
        using var journal = Create(bound: 100);
        _storage.MayWrite.Reset();
        var caller = Task.Factory.StartNew(() => Log(journal, 1000), TaskCreationOptions.LongRunning);
        Assert.True(_storage.WriteBegan.Wait(JournalYard.Patience));
        _storage.Refusal = new IOException("Gone.");
        _storage.MayWrite.Set();

        await caller.WaitAsync(JournalYard.Patience);

        Assert.Equal(1000, journal.Accepted + journal.Dropped);
        Assert.InRange(journal.Dropped, 900, 999);
    }

    [Fact]
    public async Task The_first_record_that_is_dropped_is_told_at_once_and_no_other()
    {
        using var journal = Create(bound: 100);
        var (losses, told) = (0, new TaskCompletionSource());
        journal.Loss = () =>
        {
            Interlocked.Increment(ref losses);
            told.TrySetResult();
        };
        _storage.Refusal = new IOException("Gone.");
        Log(journal, 1000);
        await told.Task.WaitAsync(JournalYard.Patience);

        Assert.True(journal.Dropped > 1);
        Assert.Equal(1, losses);
    }

    [Fact]
    public void Disposing_writes_what_is_left()
    {
        using (var journal = Create())
        {
            Log(journal, 1000);
        }

        Assert.Equal(1000, Steps().Count);
    }

    [Fact]
    public async Task Disposing_returns_though_the_disk_refuses_and_says_so_to_whoever_asks()
    {
        var journal = Create();
        _storage.Refusal = new IOException("Gone.");
        Log(journal, 10);
        Assert.NotNull(Told());
        journal.Dispose();
        journal.Dispose();

        Assert.NotNull(journal.Writer.Refusal);
        Assert.Equal((10, 10), (journal.Accepted, journal.Dropped));
        await Assert.ThrowsAsync<IOException>(journal.FlushAsync);
        Assert.Throws<ObjectDisposedException>(() => Log(journal, 1));
    }

    [Fact]
    public async Task A_disk_that_recovers_while_the_journal_is_disposed_gets_everything()
    {
        var journal = Create();
        _storage.Refusal = new IOException("Gone.");
        Log(journal, 10);
        Assert.NotNull(Told());
        Log(journal, 10);
        _storage.Refusal = null;
        journal.Dispose();

        await journal.FlushAsync();
        Assert.Equal((20, 0), (Steps().Count, journal.Dropped));
    }

    [Fact]
    public async Task A_disk_that_hangs_is_left_behind_and_whoever_waits_for_it_is_told()
    {
        var buffer = new AppendBuffer(1000);
        var writer = new JournalWriter(buffer, _storage, _published, _told.Add);
        _storage.MayWrite.Reset();
        lock (buffer.Gate)
        {
            buffer.SegmentFor(100).WriteName(1, "name");
            buffer.Appended();
        }

        Assert.True(_storage.WriteBegan.Wait(JournalYard.Patience));
        var waiting = writer.FlushAsync();

        Assert.False(writer.Stop(TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAsync<IOException>(() => waiting.WaitAsync(JournalYard.Patience));
        await Assert.ThrowsAsync<IOException>(writer.FlushAsync);
        Assert.IsType<TimeoutException>(writer.Refusal);
    }

    [Fact]
    public async Task A_flush_with_patience_fails_when_the_disk_hangs_and_serves_again_when_it_comes_back()
    {
        using var journal = Create();
        _storage.MayWrite.Reset();
        Log(journal, 1);

        var hanging = () => journal.Writer.FlushAsync(TimeSpan.FromMilliseconds(1), default).WaitAsync(JournalYard.Patience);
        Assert.Contains("not come back", (await Assert.ThrowsAsync<IOException>(hanging)).Message, StringComparison.Ordinal);
        Assert.True(journal.Writer.IsHanging);
        _storage.MayWrite.Set();
        await journal.FlushAsync();
        await journal.Writer.FlushAsync(JournalYard.Patience, default);

        Assert.False(journal.Writer.IsHanging);
        Assert.Single(Steps());
    }

    [Fact]
    public async Task Flushing_disposing_and_logging_at_once_never_hang()
    {
        for (var round = 0; round < 200; round++)
        {
            var journal = Create(new FakeStorage(), bound: 500);
            using var start = new Barrier(4);
            var tasks = new List<Task>();
            Action[] actions =
                [() => journal.FlushAsync().Wait(), () => LogUntilDisposed(journal), () => LogUntilDisposed(journal), journal.Dispose];
            foreach (var action in actions)
            {
                tasks.Add(Task.Factory.StartNew(
                    () =>
                    {
                        start.SignalAndWait();
                        action();
                    },
                    TaskCreationOptions.LongRunning));
            }

            await Task.WhenAll(tasks).WaitAsync(JournalYard.Patience);
        }
    }

    [Fact]
    public void A_journal_that_cannot_even_begin_says_so_at_once()
    {
        _storage.Refusal = new UnauthorizedAccessException("Read only.");

        Assert.Throws<UnauthorizedAccessException>(() => Create());
    }

    private static void Log(RunJournal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", i)], null);
        }
    }

    private static void LogUntilDisposed(RunJournal journal) =>
        Assert.Throws<ObjectDisposedException>((Action)(() => Log(journal, int.MaxValue)));

    private Exception? Told()
    {
        Assert.True(_told.TryTake(out var refusal, JournalYard.Patience));
        return refusal;
    }

    private List<long> Steps() =>
        [.. _yard.Read(_storage.Content).Select(record => long.Parse(record.Text.Split(' ')[3], CultureInfo.InvariantCulture))];

    private RunJournal Create(FakeStorage? storage = null, long bound = 1_000_000, Action<Exception?>? told = null) =>
        new(storage ?? _storage, _yard.Time, null, hasEnded: false, _published, told ?? _told.Add, bound);
}
