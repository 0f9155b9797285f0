using System.Buffers;
using System.Runtime.CompilerServices;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Encodes what waits for a save into the event file, through a buffer that stays in the processor's cache. Not thread-safe.
/// </summary>
internal sealed class EventOutput(EventFile file, Tags tags)
{
    private const int Capacity = 256 * 1024;

    private readonly ScalarHead _head = new();
    private byte[] _buffer = [];
    private int _length;
    private ArrayBufferWriter<byte>? _memory;

    /// <summary>
    /// Writes all scalars, and the other records between them, and returns when they are durable. After an exception it can be called
    /// again.
    /// </summary>
    public void Write(PendingScalars scalars, ReadOnlySpan<byte> records)
    {
        file.Begin();
        WriteAll(scalars, records);
        file.Commit();
    }

    /// <summary>The same records in memory.</summary>
    public byte[] Encode(PendingScalars scalars, ReadOnlySpan<byte> records)
    {
        _memory = new ArrayBufferWriter<byte>();
        WriteAll(scalars, records);
        var encoded = _memory.WrittenSpan.ToArray();
        _memory = null;
        return encoded;
    }

    private void WriteAll(PendingScalars scalars, ReadOnlySpan<byte> records)
    {
        (_length, var written) = (0, 0);
        foreach (var block in scalars.Blocks)
        {
            var first = 0;
            foreach (ref readonly var call in block.Calls)
            {
                Write(records[written..call.RecordBytes]);
                Write(call, block.Scalars[first..call.End]);
                (first, written) = (call.End, call.RecordBytes);
            }
        }

        Write(records[written..]);
        Flush();
    }

    /// <summary>A method of its own, which the runtime compiles for good; the loop around it runs long and rarely.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Write(in PendingCall call, ReadOnlySpan<PendingScalar> scalars)
    {
        _head.Set(call.WallTime, call.Step);
        foreach (ref readonly var scalar in scalars)
        {
            var tag = tags[scalar.Tag];
            var bound = ScalarEvent.Bound(tag);
            if (_buffer.Length - _length < bound)
            {
                MakeRoom(bound);
            }

            _length += ScalarEvent.Write(_buffer.AsSpan(_length, bound), _head, tag, scalar.Value);
        }
    }

    /// <summary>Whole records only: a reader may follow the file.</summary>
    private void Write(ReadOnlySpan<byte> records)
    {
        if (records.Length > Capacity)
        {
            Flush();
            Put(records);
        }
        else if (!records.IsEmpty)
        {
            if (_buffer.Length - _length < records.Length)
            {
                MakeRoom(records.Length);
            }

            records.CopyTo(_buffer.AsSpan(_length));
            _length += records.Length;
        }
    }

    private void MakeRoom(int length)
    {
        Flush();
        if (_buffer.Length < length)
        {
            _buffer = new byte[Math.Max(Capacity, length)];
        }
    }

    private void Flush()
    {
        Put(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    private void Put(ReadOnlySpan<byte> records)
    {
        if (_memory is null)
        {
            file.Write(records);
        }
        else
        {
            _memory.Write(records);
        }
    }
}
