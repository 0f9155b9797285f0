using System.Buffers.Binary;
using System.Globalization;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>Files that are damaged in any way are read as far as they are whole. <c>PLUGINLOGGERS_MUTATIONS</c> says how many.</summary>
public sealed class ImportFuzzTests : IDisposable
{
    private static readonly string[] Goldens =
    [
        "scalars_basic", "scalars_mixed_style", "scalars_new_style_double", "images", "audio", "graph", "hparams/run0", "pl_tb_default",
        "pr_curve", "mesh",
        "custom_scalars", "tags", "no_file_version",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensorboard-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_fuzzed_file_throws_nothing_never_hangs_and_takes_no_more_memory_than_its_size_allows()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("PLUGINLOGGERS_MUTATIONS") ?? "2000", CultureInfo.InvariantCulture);
        byte[][] goldens = [.. Goldens.Select(golden => File.ReadAllBytes(GoldenCase.FileOf(golden)))];
        var path = Path.Combine(_folder.FullName, "events.out.tfevents.1");
        var (damaged, read) = (0, 0L);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var file = Mutated(random, goldens);
            File.WriteAllBytes(path, file);

            var before = GC.GetAllocatedBytesForCurrentThread();
            using var imported = Read(path, seed);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            // A record is parsed, copied and described; none of it grows with what it claims.
            Assert.True(allocated < 2_000_000 + (100L * file.Length), $"seed {seed}: {file.Length} bytes took {allocated}");
            Assert.All(imported.Damage, damage => Assert.InRange(damage.Offset, 0, file.Length));
            damaged += imported.Damage.Count > 0 ? 1 : 0;
            read += imported.Calls.Count;
        }

        Assert.InRange(damaged, count / 4, count);
        Assert.InRange(read, count, long.MaxValue);
    }

    private static ImportedRun Read(string path, int seed)
    {
        try
        {
            return ImportedRun.Read(Assert.Single(new TensorBoardPlugin().FindRuns(path)));
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"seed {seed}", exception);
        }
    }

    /// <summary>
    /// Bits flipped, cut, spliced with another file, or random bytes; mostly with the checksums made right again, so that the damage is in
    /// the messages themselves, and now and then a length beyond reason.
    /// </summary>
    private static byte[] Mutated(Random random, byte[][] goldens)
    {
        var file = goldens[random.Next(goldens.Length)].ToArray();
        switch (random.Next(8))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                var other = goldens[random.Next(goldens.Length)];
                return [.. file.AsSpan(0, random.Next(file.Length)), .. other.AsSpan(random.Next(other.Length))];
            case 2:
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 3:
                random.NextBytes(file.AsSpan(random.Next(file.Length)));
                return file;
            case 4:
                return WithLength(random, file);
            default:
                return WithPayloads(random, file);
        }
    }

    private static byte[] WithPayloads(Random random, byte[] file)
    {
        var records = DecodedRecord.Read(file);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var record = records[random.Next(records.Count)];
            var payload = file.AsSpan((int)record.Offset + 12, record.Payload.Length);
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                payload[random.Next(payload.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan((int)record.Offset + 12 + payload.Length), TableCrc32C.Masked(payload));
        }

        return file;
    }

    private static byte[] WithLength(Random random, byte[] file)
    {
        var records = DecodedRecord.Read(file);
        var length = file.AsSpan((int)records[random.Next(records.Count)].Offset, 12);
        BinaryPrimitives.WriteUInt64LittleEndian(length, random.Next(4) switch
        {
            0 => (ulong)random.Next(file.Length),
            1 => 1UL << random.Next(64),
            2 => ulong.MaxValue,
            _ => (ulong)random.NextInt64(),
        });
        BinaryPrimitives.WriteUInt32LittleEndian(length[8..], TableCrc32C.Masked(length[..8]));
        return file;
    }
}
