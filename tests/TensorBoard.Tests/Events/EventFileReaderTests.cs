using System.Buffers.Binary;
using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class EventFileReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    private string FilePath => Path.Combine(_folder.FullName, "events.out.tfevents.1");

    public static TheoryData<string> WholeFiles =>
    [
        "scalars_basic", "scalars_edge_values", "scalars_wall_times", "tags", "text_basic", "images", "audio", "graph", "hparams/run0",
        "pl_tb_default", "pl_tb_failed", "pl_tb_hparams_float_metric", "pl_tb_hparams_no_metric", "pl_tb_versions/lightning_logs/version_1",
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public void A_whole_file_is_read_to_its_end(string golden)
    {
        using var reader = new EventFileReader(GoldenCase.FileOf(golden));

        Assert.Equal(DecodedRecord.ReadGolden(golden).Select(record => record.Event), ReadAll(reader));
        Assert.Equal((RecordEnd.EndOfFile, null), (reader.End, reader.Reason));

        using var fast = new EventFileReader(GoldenCase.FileOf(golden));
        var count = 0;
        while (fast.TryRead(out var scalar, out var other))
        {
            Assert.Equal(other is null, scalar.Tag is not null);
            count++;
        }

        Assert.Equal(DecodedRecord.ReadGolden(golden).Count, count);
        Assert.Equal((RecordEnd.EndOfFile, null), (fast.End, fast.Reason));
    }

    [Theory]
    [InlineData("bad_empty_file", 0, nameof(RecordEnd.EndOfFile), 0)]
    [InlineData("bad_header_only", 1, nameof(RecordEnd.EndOfFile), 40)]
    [InlineData("bad_truncated_header", 5, nameof(RecordEnd.TornTail), 194)]
    [InlineData("bad_truncated_data", 5, nameof(RecordEnd.TornTail), 194)]
    [InlineData("bad_truncated_crc", 6, nameof(RecordEnd.TornTail), 233)]
    [InlineData("bad_length_crc", 4, nameof(RecordEnd.Damage), 155)]
    [InlineData("bad_data_crc", 4, nameof(RecordEnd.Damage), 155)]
    [InlineData("bad_payload_bit", 4, nameof(RecordEnd.Damage), 155)]
    [InlineData("bad_garbage_tail", 7, nameof(RecordEnd.Damage), 272)]
    public void A_bad_file_gives_what_is_whole_and_why_it_ends(string golden, int whole, string end, long offset)
    {
        using var reader = new EventFileReader(GoldenCase.FileOf(golden));

        Assert.Equal(whole, ReadAll(reader).Count);
        Assert.Equal((end, offset), (reader.End.ToString(), reader.Offset));
        Assert.Equal(reader.End == RecordEnd.Damage, reader.Reason is not null);
        Assert.Null(reader.Read());
    }

    [Fact]
    public void A_file_that_grows_byte_by_byte_gives_each_event_once()
    {
        var file = File.ReadAllBytes(GoldenCase.FileOf("scalars_basic"));
        using var reader = new EventFileReader(FilePath);
        Assert.Null(reader.Read());
        Assert.Equal(RecordEnd.Unreadable, reader.End);

        var read = new List<Event>();
        using (var writer = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            foreach (var value in file)
            {
                writer.WriteByte(value);
                read.AddRange(ReadAll(reader));
            }
        }

        Assert.Equal(DecodedRecord.Read(file).Select(record => record.Event), read);
        Assert.Equal(RecordEnd.EndOfFile, reader.End);
    }

    [Fact]
    public void A_torn_record_that_is_cut_off_and_written_anew_is_read_anew()
    {
        var file = File.ReadAllBytes(GoldenCase.FileOf("scalars_basic"));
        var records = DecodedRecord.Read(file);
        var (last, other) = ((int)records[^1].Offset, records[^2]);
        File.WriteAllBytes(FilePath, file[..^1]);
        using var reader = new EventFileReader(FilePath);
        Assert.Equal(records.Count - 1, ReadAll(reader).Count);
        Assert.Equal(RecordEnd.TornTail, reader.End);

        File.WriteAllBytes(FilePath, [.. file.AsSpan(0, last), .. file.AsSpan((int)other.Offset, last - (int)other.Offset)]);

        Assert.Equal(other.Event, Assert.Single(ReadAll(reader)));
    }

    [Fact]
    public void A_file_that_became_shorter_is_read_on_when_it_has_grown_again()
    {
        var file = File.ReadAllBytes(GoldenCase.FileOf("scalars_basic"));
        var last = DecodedRecord.Read(file)[^1];
        File.WriteAllBytes(FilePath, file[..(int)last.Offset]);
        using var reader = new EventFileReader(FilePath);
        ReadAll(reader);

        File.WriteAllBytes(FilePath, file[..100]);
        Assert.Null(reader.Read());
        Assert.Equal((RecordEnd.Cut, null), (reader.End, reader.Reason));

        File.WriteAllBytes(FilePath, file);
        Assert.Equal(last.Event, Assert.Single(ReadAll(reader)));
    }

    [Theory]
    [InlineData(1UL << 40, nameof(RecordEnd.Damage))]
    [InlineData(1UL << 63, nameof(RecordEnd.Damage))]
    [InlineData(ulong.MaxValue, nameof(RecordEnd.Damage))]
    [InlineData((ulong)int.MaxValue, nameof(RecordEnd.Damage))]
    [InlineData(1UL << 30, nameof(RecordEnd.TornTail))]
    public void An_absurd_length_takes_no_memory(ulong length, string end)
    {
        var header = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), TableCrc32C.Masked(header.AsSpan(0, 8)));
        File.WriteAllBytes(FilePath, [.. header, .. new byte[1000]]);
        using var reader = new EventFileReader(FilePath);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(reader.Read());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal(end, reader.End.ToString());
    }

    [Fact]
    public void A_sound_record_that_is_no_event_ends_the_file()
    {
        var buffer = new RecordBuffer();
        Append(buffer, new Event { Step = 1 }.ToByteArray());
        Append(buffer, [0x0A, 0xFF, 0xFF]);
        Append(buffer, new Event { Step = 2 }.ToByteArray());
        File.WriteAllBytes(FilePath, buffer.Bytes.Span);
        using var reader = new EventFileReader(FilePath);

        Assert.Equal(1, Assert.Single(ReadAll(reader)).Step);
        Assert.Equal((RecordEnd.Damage, 18), (reader.End, reader.Offset));
    }

    [Fact]
    public void Fields_that_are_not_known_and_an_empty_event_are_no_mistake()
    {
        var buffer = new RecordBuffer();
        Append(buffer, [0xA2, 0x06, 0x01, 0x41, 0x10, 0x05]);
        Append(buffer, []);
        File.WriteAllBytes(FilePath, buffer.Bytes.Span);
        using var reader = new EventFileReader(FilePath);

        Assert.Equal([5, 0], ReadAll(reader).Select(record => record.Step));
        Assert.Equal(RecordEnd.EndOfFile, reader.End);
    }

    [Fact]
    public void A_folder_is_unreadable()
    {
        using var reader = new EventFileReader(_folder.FullName);
        Assert.Null(reader.Read());
        Assert.Equal(RecordEnd.Unreadable, reader.End);
    }

    [Fact]
    public void A_record_larger_than_the_memory_kept_is_read_whole()
    {
        var buffer = new RecordBuffer();
        var text = new string('x', 3_000_000);
        Append(buffer, new Event { Step = 1 }.ToByteArray());
        Append(buffer, new Event { LogMessage = new LogMessage { Message = text } }.ToByteArray());
        Append(buffer, new Event { Step = 3 }.ToByteArray());
        File.WriteAllBytes(FilePath, buffer.Bytes.Span);
        using var reader = new EventFileReader(FilePath);

        var events = ReadAll(reader);
        Assert.Equal((3, text, 3), (events.Count, events[1].LogMessage.Message, events[2].Step));
    }

    [Fact]
    public void Mutated_files_are_read_as_far_as_they_are_whole_and_never_throw()
    {
        var random = new Random(11);
        string[] names = ["scalars_basic", "images", "audio", "graph", "hparams/run0", "pl_tb_default"];
        byte[][] goldens = [.. names.Select(name => File.ReadAllBytes(GoldenCase.FileOf(name)))];
        var damaged = 0;
        for (var i = 0; i < 3000; i++)
        {
            var file = Mutated(random, goldens[random.Next(goldens.Length)]);
            File.WriteAllBytes(FilePath, file);
            using var reader = new EventFileReader(FilePath);
            var events = ReadAll(reader);

            Assert.InRange(events.Count, 0, file.Length / 16);
            Assert.InRange(reader.Offset, 0, file.Length);
            damaged += reader.End == RecordEnd.Damage ? 1 : 0;
        }

        Assert.InRange(damaged, 500, 2999);
    }

    /// <summary>
    /// Flips, cuts, splices; half of the time the checksums are made right again, so that the message itself is what is bad.
    /// </summary>
    private static byte[] Mutated(Random random, byte[] file)
    {
        var mutated = file.ToArray();
        if (random.Next(2) == 0)
        {
            var record = DecodedRecord.Read(file)[random.Next(DecodedRecord.Read(file).Count)];
            var payload = record.Payload.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            }

            payload.CopyTo(mutated, (int)record.Offset + 12);
            BinaryPrimitives.WriteUInt32LittleEndian(mutated.AsSpan((int)record.Offset + 12 + payload.Length), TableCrc32C.Masked(payload));
            return mutated;
        }

        return random.Next(3) switch
        {
            0 => mutated[..random.Next(mutated.Length)],
            1 => [.. mutated.AsSpan(0, random.Next(mutated.Length)), .. mutated.AsSpan(random.Next(mutated.Length))],
            _ => Flipped(),
        };

        byte[] Flipped()
        {
            mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
            return mutated;
        }
    }

    private static List<Event> ReadAll(EventFileReader reader)
    {
        var events = new List<Event>();
        while (reader.Read() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    private static void Append(RecordBuffer buffer, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(buffer.Reserve(payload.Length));
        buffer.Commit(payload.Length);
    }
}
