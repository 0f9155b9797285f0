using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>A reader that begins late in a long journal knows its names without reading all of it.</summary>
public sealed class LongJournalTests : IDisposable
{
    private const int MiB = 1024 * 1024;

    private readonly JournalYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void Whoever_begins_late_reads_little_of_what_is_before()
    {
        var metrics = Enumerable.Range(0, 100).Select(i => new Metric($"metric {i}", i)).ToArray();
        var body = Body(100_000);
        var content = _yard.Record(journal =>
        {
            for (var step = 0; step < 600; step++)
            {
                journal.AppendMetrics(journal.TargetOf($"key {step % 3}"), metrics.AsSpan(step % 10), step);
                journal.Append(RecordKind.Custom, journal.TargetOf("key"), body, step);
            }
        });
        Assert.InRange(content.Length, 50 * MiB, 100 * MiB);

        _yard.Put(content);
        var (all, _, _) = Read(JournalPosition.Start, int.MaxValue);
        Assert.Equal(1200, all.Count);
        foreach (var i in new[] { 3, 400, 601, 898, 1001, 1198, 1199 })
        {
            var (read, bytes, _) = Read(all[i].Position, 5);
            Assert.Equal(all.Skip(i).Take(5), read);
            Assert.InRange(bytes, 1, 18 * MiB);
        }
    }

    [Fact]
    public void Names_that_stand_further_back_are_found()
    {
        var content = _yard.Record(static journal =>
        {
            journal.AppendMetrics(journal.TargetOf("key"), [new Metric("loss", 1), new Metric("acc", 1)], 1);

            // Definitions do not count for when names are defined again.
            for (var i = 0; i < 600; i++)
            {
                journal.AppendMetrics(RunJournal.Everybody, [new Metric(new string((char)('a' + (i % 26)), 32_000) + i, i)], 2);
            }

            journal.AppendMetrics(journal.TargetOf("key"), [new Metric("loss", 3), new Metric("acc", 3)], 3);
            journal.Append(RecordKind.Custom, RunJournal.Everybody, Body(40 * MiB), 4);
            journal.AppendMetrics(journal.TargetOf("key"), [new Metric("loss", 5), new Metric("acc", 5)], 5);
        });
        _yard.Put(content);
        var (all, _, _) = Read(JournalPosition.Start, int.MaxValue);
        Assert.Equal(604, all.Count);
        foreach (var i in new[] { 1, 300, 601, 602, 603 })
        {
            var (read, _, unreadable) = Read(all[i].Position, int.MaxValue);
            Assert.Equal(all.Skip(i), read);
            Assert.Equal(0, unreadable);
        }

        // One that was lost with its block is looked for, and then its records are counted.
        var (offset, _) = SmallJournal.Blocks(content)[0];
        content[offset + JournalFormat.BlockHeaderLength + 5] ^= 1;
        _yard.Put(content);
        var (left, _, lost) = Read(all[601].Position, int.MaxValue);
        Assert.Equal(all.Skip(602), left);
        Assert.Equal(1, lost);
    }

    /// <summary>Reads some records: what names they have, and where they stand.</summary>
    private (List<(JournalPosition Position, string Text)> Records, long BytesRead, long Unreadable) Read(JournalPosition start, int most)
    {
        using var reader = new RunReader(_yard.Folder, start);
        var records = new List<(JournalPosition, string)>();
        while (records.Count < most && reader.TryRead(out var record))
        {
            var names = record.Metrics.ToArray().Select(metric => $"{metric.Name}={metric.Value}");
            records.Add((reader.LastRecord, $"{record.Kind} {record.Target} {record.Step} {string.Join(' ', names)} {record.Body.Length}"));
        }

        Assert.Equal(0, reader.DamagedBytes);
        return (records, reader.BytesRead, reader.UnreadableRecords);
    }

    private static RecordBuffer Body(int length)
    {
        var body = new RecordBuffer(length);
        body.WriteBytes(new byte[length]);
        return body;
    }
}
