using System.Buffers.Binary;

namespace PluginLoggers.Hosting.Journal;

/// <summary>The records of one block while they are gathered, behind the room for its header.</summary>
internal sealed class JournalSegment(int capacity)
{
    private long _lastTime;
    private long _lastStep;

    public RecordBuffer Bytes { get; } = Empty(capacity);

    /// <summary>How many records are in it.</summary>
    public int Records { get; private set; }

    public bool IsEmpty => Bytes.Length == JournalFormat.BlockHeaderLength;

    public bool HasRoomFor(int size) => Bytes.Capacity - Bytes.Length >= size;

    public void WriteRecordHeader(RecordKind kind, int target, long time, long step, bool hasStep)
    {
        var room = Bytes.GetSpan(JournalFormat.RecordHeaderBound);
        room[0] = hasStep ? (byte)kind : (byte)((byte)kind | JournalFormat.WithoutStep);
        var length = 1 + RecordBuffer.WriteVarint(room[1..], (uint)target);
        length += RecordBuffer.WriteVarint(room[length..], RecordBuffer.Zigzag(time - _lastTime));
        length += RecordBuffer.WriteVarint(room[length..], RecordBuffer.Zigzag(unchecked(step - _lastStep)));
        Bytes.Advance(length);
        (_lastTime, _lastStep) = (time, step);
        Records++;
    }

    /// <summary>
    /// The body of a metrics record; returns its length. The room is there already, and is not asked for again for each number.
    /// </summary>
    public int WriteMetrics(ReadOnlySpan<(string Name, int Id)> names, ReadOnlySpan<Metric> metrics)
    {
        var room = Bytes.GetSpan(JournalFormat.CountBound + (metrics.Length * JournalFormat.MetricBound));
        var length = RecordBuffer.WriteVarint(room, (uint)metrics.Length);
        for (var i = 0; i < metrics.Length; i++)
        {
            length += RecordBuffer.WriteVarint(room[length..], (uint)names[i].Id);
            BinaryPrimitives.WriteDoubleLittleEndian(room[length..], metrics[i].Value);
            length += sizeof(double);
        }

        Bytes.Advance(length);
        return length;
    }

    public void WriteName(int id, string name)
    {
        Bytes.WriteByte((byte)RecordKind.Name);
        Bytes.WriteVarint((uint)id);
        Bytes.WriteText(name);
    }

    public void Reset()
    {
        Bytes.Clear(keep: JournalFormat.BlockHeaderLength);
        (_lastTime, _lastStep) = (0, 0);
        Records = 0;
    }

    private static RecordBuffer Empty(int capacity)
    {
        var bytes = new RecordBuffer(capacity);
        bytes.Advance(JournalFormat.BlockHeaderLength);
        return bytes;
    }
}
