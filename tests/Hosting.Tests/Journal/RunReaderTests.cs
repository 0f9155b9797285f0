using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class RunReaderTests : IDisposable
{
    private readonly JournalYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void A_reader_that_starts_at_any_position_reads_exactly_the_rest()
    {
        _yard.Put(Journal("a"), 1);
        _yard.Put(Journal("b"), 2);
        _yard.Put([], 3);
        _yard.Put(Journal("c"), 7);

        var all = _yard.Read();

        Assert.Equal(3 * 12, all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal(all[i..].Select(record => record.Text), _yard.Read(all[i].Before).Select(record => record.Text));
        }

        Assert.Equal(all.Select(record => record.Before).Order(), all.Select(record => record.Before));
        Assert.Equal(all.Count, all.Select(record => record.Before).Distinct().Count());
    }

    [Fact]
    public void What_is_not_there_any_more_is_passed_over()
    {
        _yard.Put(Journal("a"), 1);
        _yard.Put(Journal("b"), 2);
        var all = _yard.Read();
        File.Delete(_yard.Folder.PathOf(1));

        var ofSecond = all[12..].Select(record => record.Text).ToList();
        Assert.Equal(ofSecond, _yard.Read().Select(record => record.Text));
        Assert.Equal(ofSecond, _yard.Read(all[5].Before).Select(record => record.Text));
        File.Delete(_yard.Folder.PathOf(2));
        Assert.Empty(_yard.Read(all[20].Before));
    }

    [Fact]
    public void A_reader_follows_the_writer_to_the_last_record()
    {
        const int Calls = 20_000;
        var (folder, published) = (_yard.Folder, new JournalSignal());
        using var journal = folder.Create(0, _yard.Time, null, hasEnded: false, published, _ => { });
        var writer = new Thread(() =>
        {
            for (var i = 0; i < Calls; i++)
            {
                journal.AppendMetrics(RunJournal.Everybody, [new Metric("loss", i), new Metric($"name {i % 100}", i)], i);
            }
        });
        writer.Start();

        using var reader = new RunReader(folder, JournalPosition.Start);
        for (long next = 0; next < Calls;)
        {
            var seen = published.Version;
            if (reader.TryRead(out var record))
            {
                Assert.Equal(next, record.Step);
                Assert.Equal(next, record.Metrics[1].Value);
                Assert.Equal($"name {next % 100}", record.Metrics[1].Name);
                next++;
            }
            else
            {
                published.Wait(seen, JournalYard.Patience);
                Assert.NotEqual(seen, published.Version);
            }
        }

        writer.Join();
        Assert.False(reader.TryRead(out _));
        Assert.Equal(folder.End(), reader.Position);
        Assert.Equal(0, reader.DamagedBytes + reader.TornBytes + reader.UnreadableRecords);
    }

    [Fact]
    public void A_reader_goes_on_with_the_journal_of_the_next_process()
    {
        _yard.Put(Journal("a"), 1);
        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        Assert.Equal(12, JournalYard.ReadAll(reader).Count);

        _yard.Put(Journal("b"), 2);

        Assert.Equal(12, JournalYard.ReadAll(reader).Count);
        Assert.Equal(2, reader.Position.Journal);
    }

    [Fact]
    public void The_next_number_is_never_one_that_was_used()
    {
        _yard.Put([], 4);
        using (_yard.Folder.Create(2, _yard.Time, null, hasEnded: false, new JournalSignal(), _ => { }))
        {
            Assert.Equal([4, 5], _yard.Folder.Numbers);
        }

        _yard.Folder.DeleteUpTo(_yard.Folder.End());
        using (_yard.Folder.Create(5, _yard.Time, null, hasEnded: false, new JournalSignal(), _ => { }))
        {
            Assert.Equal([6], _yard.Folder.Numbers);
        }
    }

    [Fact]
    public void Names_are_defined_again_so_that_damage_at_the_start_costs_only_what_it_hits()
    {
        var content = _yard.Record(journal =>
        {
            // 13 MiB of a thousand metrics a call.
            var metrics = Enumerable.Range(0, 1000).Select(i => new Metric($"metric {i}", i)).ToArray();
            for (var step = 0; step < 1200; step++)
            {
                journal.AppendMetrics(journal.TargetOf("key"), metrics, step);
            }
        });
        content[JournalFormat.HeaderLength + JournalFormat.BlockHeaderLength + 5] ^= 1;
        _yard.Put(content);

        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        var steps = new List<long>();
        while (reader.TryRead(out var record))
        {
            Assert.Equal("key", record.Target);
            Assert.Equal("metric 0 metric 999", $"{record.Metrics[0].Name} {record.Metrics[999].Name}");
            steps.Add(record.Step);
        }

        Assert.InRange(steps.Count, 600, 1199);
        Assert.Equal(Enumerable.Range(1200 - steps.Count, steps.Count).Select(step => (long)step), steps);
        Assert.InRange(reader.UnreadableRecords, 100, 600);
        Assert.InRange(reader.DamagedBytes, 1, 300_000);
    }

    /// <summary>Four blocks of three records each, which define names on the way.</summary>
    private byte[] Journal(string prefix) => _yard.Record(journal =>
    {
        for (var i = 0; i < 12; i++)
        {
            var target = i % 5 == 0 ? journal.TargetOf($"{prefix} key {i}") : RunJournal.Everybody;
            journal.AppendMetrics(target, [new Metric($"{prefix}{i / 2}", i), new Metric(prefix, -i)], null);
            if (i % 3 == 2)
            {
                journal.FlushAsync().Wait();
            }
        }
    });
}
