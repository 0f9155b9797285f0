using System.Globalization;
using PluginLoggers.Contract;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

public sealed class JournalDamageTests : IDisposable
{
    private readonly JournalYard _yard = new();
    private readonly byte[] _content;
    private readonly List<ReadRecord> _all;
    private readonly List<(int Offset, int Length)> _blocks;

    public JournalDamageTests()
    {
        _content = SmallJournal.Write(_yard);
        _all = _yard.Read(_content);
        _blocks = SmallJournal.Blocks(_content);
    }

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void A_tail_torn_at_any_byte_costs_the_block_that_it_hits()
    {
        for (var length = JournalFormat.HeaderLength; length < _content.Length; length++)
        {
            _yard.Put(_content[..length]);
            using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
            var whole = _blocks.Where(block => block.Offset + block.Length <= length).ToList();

            Assert.Equal(_all.Where(record => whole.Any(block => block.Offset == record.Before.Offset)), JournalYard.ReadAll(reader));
            Assert.Equal(0, reader.DamagedBytes);
            var end = whole.Select(block => block.Offset + block.Length).LastOrDefault(JournalFormat.HeaderLength);
            Assert.Equal(length - end, reader.TornBytes);
        }
    }

    [Fact]
    public async Task A_block_that_holds_nothing_is_passed_over()
    {
        var empty = new byte[JournalFormat.BlockHeaderLength];
        JournalFormat.WriteBlockHeader(empty, JournalYard.FixedMarker, _content.Length);
        _yard.Put([.. _content, .. empty]);
        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);

        // On a thread of its own: it went round for ever.
        Assert.Equal(_all, await Task.Run(() => JournalYard.ReadAll(reader)).WaitAsync(JournalYard.Patience));
        Assert.Equal(_content.Length + empty.Length, reader.Position.Offset);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void A_flipped_byte_costs_the_block_that_it_hits_and_is_counted(byte flip)
    {
        for (var at = 0; at < _content.Length; at++)
        {
            var damaged = _content.ToArray();
            damaged[at] ^= flip;
            _yard.Put(damaged);
            using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
            var read = JournalYard.ReadAll(reader).Select(record => record.Text).ToList();
            var hit = _blocks.Find(block => at >= block.Offset && at < block.Offset + block.Length);

            // Records of later blocks that need a name of the block that was hit cannot be read; they are counted, and nothing takes their
            // place.
            var kept = _all.Where(record => record.Before.Offset != hit.Offset).Select(record => record.Text).ToList();
            Assert.Equal(kept.Count, read.Count + reader.UnreadableRecords);
            Assert.Equal(kept.Intersect(read), read);
            Assert.Equal(hit.Length, reader.DamagedBytes + reader.TornBytes);
            Assert.Equal(hit == _blocks[^1] ? 0 : hit.Length, reader.DamagedBytes);
            Assert.InRange(reader.UnreadableRecords, 0, hit == _blocks[0] ? 6 : 2);
        }
    }

    [Fact]
    public void A_position_in_a_block_that_is_damaged_by_now_is_followed_by_the_next_block()
    {
        var damaged = _content.ToArray();
        damaged[_blocks[1].Offset + 20] ^= 1;
        _yard.Put(damaged);
        var next = _all.Where(record => record.Before.Offset >= _blocks[2].Offset).ToList();

        using var reader = new RunReader(_yard.Folder, new JournalPosition(1, _blocks[1].Offset, 2));
        var read = JournalYard.ReadAll(reader);

        Assert.Equal(next.Count, read.Count + reader.UnreadableRecords);
        Assert.Equal(next[0].Text, read[0].Text);
        Assert.Equal(_blocks[1].Length, reader.DamagedBytes);
    }

    [Fact]
    public void Damage_before_the_start_is_not_counted_again()
    {
        var damaged = _content.ToArray();
        damaged[_blocks[0].Offset + 20] ^= 1;
        _yard.Put(damaged);

        using var reader = new RunReader(_yard.Folder, new JournalPosition(1, _blocks[2].Offset, 0));
        JournalYard.ReadAll(reader);

        Assert.Equal(0, reader.DamagedBytes);
    }

    [Fact]
    public void Blocks_that_stand_elsewhere_than_they_were_written_are_no_blocks()
    {
        var (first, second) = (Block(0), Block(1));
        byte[] swapped = [.. _content[..24], .. second, .. first, .. _content[(24 + first.Length + second.Length)..]];
        byte[] repeated = [.. _content, .. first, .. Block(2)];
        byte[] inserted = [.. _content[.._blocks[1].Offset], .. first, .. _content[_blocks[1].Offset..]];

        var behind = _all.Skip(6).Select(record => record.Text).ToHashSet();
        Assert.Subset(behind, _yard.Read(swapped).Select(record => record.Text).ToHashSet());
        Assert.Equal(_all, _yard.Read(repeated));
        Assert.Equal(_all.Take(3), _yard.Read(inserted));
    }

    [Fact]
    public void A_journal_inside_a_payload_is_never_taken_for_this_one()
    {
        // The worst case: it has the same marker, so that only the offsets in the checksums tell them apart.
        var content = Nested(Marker);
        content[JournalFormat.HeaderLength + 17] ^= 1;
        _yard.Put(content);

        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
        var record = Assert.Single(JournalYard.ReadAll(reader));

        Assert.StartsWith("Metrics", record.Text, StringComparison.Ordinal);
        Assert.InRange(reader.DamagedBytes, _content.Length, _content.Length + 200);
    }

    [Fact]
    public void A_length_larger_than_the_file_takes_no_memory()
    {
        foreach (var length in new[] { uint.MaxValue, (uint)int.MaxValue, (uint)JournalFormat.MaxPayload, (uint)JournalFormat.MaxPayload + 1 })
        {
            var damaged = _content.ToArray();
            BitConverter.TryWriteBytes(damaged.AsSpan(_blocks[0].Offset + 8), length);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.NotEmpty(_yard.Read(damaged));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_damaged_journal_does_not_hide_the_next_one()
    {
        _yard.Put(new byte[500], 1);
        _yard.Put(_content, 2);

        using var reader = new RunReader(_yard.Folder, JournalPosition.Start);

        Assert.Equal(_all.Select(record => record.Text), JournalYard.ReadAll(reader).Select(record => record.Text));
        Assert.Equal(500 - JournalFormat.HeaderLength, reader.TornBytes);
    }

    /// <summary>
    /// 2,000 mutations; 100,000 with <c>PLUGINLOGGERS_MUTATIONS=100000</c>. Every other journal has a journal in a payload.
    /// </summary>
    [Fact]
    public void No_mutation_makes_a_record_that_was_not_written()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("PLUGINLOGGERS_MUTATIONS") ?? "2000", CultureInfo.InvariantCulture);
        var nested = Nested(Marker.Reverse().ToArray());
        (byte[] Content, HashSet<string> Written, List<(int Offset, int Length)> Blocks)[] journals =
        [
            (_content, [.. _all.Select(record => record.Text)], _blocks),
            (nested, [.. _yard.Read(nested).Select(record => record.Text)], SmallJournal.Blocks(nested)),
        ];
        for (var seed = 0; seed < count; seed++)
        {
            var (content, written, blocks) = journals[seed % 2];
            var mutated = Mutation.Of(content, blocks, new Random(seed));
            _yard.Put(mutated);
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
            var read = JournalYard.ReadAll(reader);

            Assert.True(read.TrueForAll(record => written.Contains(record.Text)), $"Seed {seed} reads a record that was not written.");
            Assert.True(read.Count <= written.Count, $"Seed {seed} reads a record twice.");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000, $"Seed {seed} takes much memory.");
            Assert.True(reader.DamagedBytes + reader.TornBytes <= mutated.Length, $"Seed {seed} counts too much damage.");
        }
    }

    [Fact]
    public void Content_that_makes_no_sense_though_its_checksum_is_right_is_counted_and_ends_nothing()
    {
        var kinds = Enumerable.Range(0, 16).Select(kind => (byte)kind).ToArray();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var forged = _content.ToArray();
            var (offset, length) = _blocks[random.Next(_blocks.Count)];
            var block = forged.AsSpan(offset, length);
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var at = random.Next(JournalFormat.BlockHeaderLength, length);
                block[at] = random.Next(2) == 0 ? kinds[random.Next(kinds.Length)] : (byte)random.Next(256);
            }

            JournalFormat.WriteBlockHeader(block, JournalYard.FixedMarker, offset);
            _yard.Put(forged);
            using var reader = new RunReader(_yard.Folder, JournalPosition.Start);
            var handler = new RecordHandler("csv", new RecordingLogger(), MetricFilter.All, _ => { }, _ => { });
            while (reader.TryRead(out var record))
            {
                if (record.Kind != RecordKind.Status && handler.Reaches(record))
                {
                    handler.Hand(record, reader.Position);
                }
            }

            Assert.Equal(0, reader.DamagedBytes);
        }
    }

    private static byte[] Marker => JournalYard.FixedMarker;

    /// <summary>A journal of two records: the first has the small journal in its payload.</summary>
    private byte[] Nested(byte[] marker)
    {
        var body = new RecordBuffer();
        body.WriteText("backup");
        body.WriteText("journal");
        body.WriteBlob(_content);
        return _yard.Record(
            journal =>
            {
                journal.Append(RecordKind.Custom, RunJournal.Everybody, body, 1);
                journal.FlushAsync().Wait();
                journal.AppendMetrics(RunJournal.Everybody, [new Metric("after", 1)], 2);
            },
            marker);
    }

    private byte[] Block(int index) => _content.AsSpan(_blocks[index].Offset, _blocks[index].Length).ToArray();
}
