namespace PluginLoggers.Hosting.Journal;

/// <summary>The records of one block while they are gathered, behind the room for its header.</summary>
internal sealed class JournalSegment(int capacity)
{
    private long _lastTime;
    private long _lastStep;

    public RecordBuffer Bytes { get; } = Empty(capacity);

    public bool IsEmpty => Bytes.Length == JournalFormat.BlockHeaderLength;

    public bool HasRoomFor(int size) => Bytes.Capacity - Bytes.Length >= size;

    public void WriteRecordHeader(RecordKind kind, int target, long time, long step)
    {
        Bytes.WriteByte((byte)kind);
        Bytes.WriteVarint((uint)target);
        Bytes.WriteZigzag(time - _lastTime);
        Bytes.WriteZigzag(unchecked(step - _lastStep));
        (_lastTime, _lastStep) = (time, step);
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
    }

    private static RecordBuffer Empty(int capacity)
    {
        var bytes = new RecordBuffer(capacity);
        bytes.Advance(JournalFormat.BlockHeaderLength);
        return bytes;
    }
}
