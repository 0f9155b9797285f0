using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.Win32.SafeHandles;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>All events of a run so far: those in the file, and behind them those that wait to be saved.</summary>
internal sealed class WrittenEvents(EventFile file, RecordBuffer unsaved)
{
    /// <summary>Where the next event will stand.</summary>
    public long End => file.Length + unsaved.Bytes.Length;

    /// <exception cref="InvalidDataException">The file is damaged, or shorter than it was.</exception>
    public IEnumerable<(long Offset, Event Event)> ReadAll()
    {
        using (var reader = new EventFileReader(file.Path))
        {
            while (reader.Position < file.Length)
            {
                var next = reader.Read() ?? throw Unreadable(reader.Offset, reader.Reason ?? "the file ends");
                yield return (reader.Offset, next);
            }
        }

        for (var at = 0; at < unsaved.Bytes.Length;)
        {
            var payload = RecordBuffer.PayloadAt(unsaved.Bytes[at..]);
            yield return (file.Length + at, Event.Parser.ParseFrom(payload.Span));
            at += payload.Length + RecordBuffer.Overhead;
        }
    }

    /// <summary>The event that stands at an offset.</summary>
    public Event Read(long offset)
    {
        if (offset >= file.Length)
        {
            return Event.Parser.ParseFrom(RecordBuffer.PayloadAt(unsaved.Bytes[(int)(offset - file.Length)..]).Span);
        }

        using var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        ReadExactly(handle, length, offset);
        var payload = new byte[checked((int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(length), (ulong)(file.Length - offset)))];
        ReadExactly(handle, payload, offset + RecordBuffer.HeaderLength);
        try
        {
            return Event.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw Unreadable(offset, exception.Message);
        }
    }

    private void ReadExactly(SafeFileHandle handle, Span<byte> bytes, long offset)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(handle, bytes[read..], offset + read);
            read += count > 0 ? count : throw Unreadable(offset, "the file ends");
        }
    }

    private InvalidDataException Unreadable(long offset, string reason) =>
        new($"The event file {file.Path} cannot be read at byte {offset}: {reason}.");
}
