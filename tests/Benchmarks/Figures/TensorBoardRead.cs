using System.Buffers.Binary;
using System.Diagnostics;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.References;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.TensorBoard;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>Scalars read from an event file; and the same bytes read and checksummed.</summary>
internal sealed class TensorBoardRead : Figure
{
    private readonly string _path;
    private readonly int _steps;

    public TensorBoardRead(Effort effort)
    {
        _steps = effort.Of(400_000, 100_000);
        _path = Scratch.New();
        PlainEventLoop.Write(_path, _steps);
    }

    public override string Unit => "scalars/s";

    public override Goal Goal => Goal.AtLeast(0.3);

    public override double Ours()
    {
        using var reader = new EventFileReader(_path);
        var (count, sum) = (0, 0.0);
        var started = Stopwatch.GetTimestamp();
        while (reader.TryRead(out var scalar, out _))
        {
            count++;
            sum += scalar.Step + scalar.Value + scalar.Tag.Length;
        }

        return Rate(started, count);
    }

    public override double Reference()
    {
        var (count, start, end, offset) = (0, 0, 0, 0L);
        var buffer = new byte[64 * 1024];
        var started = Stopwatch.GetTimestamp();
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        while (true)
        {
            var bytes = buffer.AsSpan(start..end);
            var length = bytes.Length < 12 ? int.MaxValue : (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            if (bytes.Length < (long)length + 16)
            {
                bytes.CopyTo(buffer);
                (start, end) = (0, bytes.Length);
                var read = RandomAccess.Read(file, buffer.AsSpan(end), offset);
                if (read == 0)
                {
                    return Rate(started, count);
                }

                (end, offset) = (end + read, offset + read);
                continue;
            }

            if (Checksum.Masked(bytes[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..])
                || Checksum.Masked(bytes.Slice(12, length)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]))
            {
                throw new InvalidDataException("A checksum is wrong.");
            }

            count++;
            start += length + 16;
        }
    }

    private double Rate(long started, int count) => count == _steps * 5
        ? count / Stopwatch.GetElapsedTime(started).TotalSeconds
        : throw new InvalidDataException($"Found {count} scalars.");
}
