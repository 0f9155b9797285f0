using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Reads the events of one file and follows it while it grows. It never throws for what the file holds, nor if there is none: it says why
/// it has no further event. Not thread-safe.
/// </summary>
internal sealed class EventFileReader(string path) : IDisposable
{
    private readonly ScalarParser _scalars = new();
    private RecordReader? _records;

    /// <summary>Why <see cref="Read"/> returned null last.</summary>
    public RecordEnd End { get; private set; }

    /// <summary>Where the event that was asked for last begins, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the event that was read last ends, in bytes.</summary>
    public long Position => _records?.Offset ?? 0;

    /// <summary>What is wrong, in words, after <see cref="RecordEnd.Damage"/> and <see cref="RecordEnd.Unreadable"/>; else null.</summary>
    public string? Reason { get; private set; }

    /// <summary>The next event, or null if there is none now. After damage, null for good; otherwise it can be asked for again.</summary>
    public Event? Read()
    {
        try
        {
            return TryReadRecord(out var payload) ? Event.Parser.ParseFrom(payload) : null;
        }
        catch (InvalidProtocolBufferException exception)
        {
            return Damage(exception);
        }
    }

    /// <summary>The same without an object for a scalar, of which there are the most.</summary>
    /// <param name="scalar">The next event, if it is a scalar and nothing else.</param>
    /// <param name="other">The next event, if it is another; else null.</param>
    /// <returns>False if there is none now.</returns>
    public bool TryRead(out ScalarPoint scalar, out Event? other)
    {
        (scalar, other) = (default, null);
        try
        {
            if (!TryReadRecord(out var payload))
            {
                return false;
            }

            if (!_scalars.TryParse(payload, out scalar))
            {
                other = Event.Parser.ParseFrom(payload);
            }

            return true;
        }
        catch (InvalidProtocolBufferException exception)
        {
            other = Damage(exception);
            return false;
        }
    }

    private bool TryReadRecord(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (End == RecordEnd.Damage)
        {
            return false;
        }

        try
        {
            _records ??= new RecordReader(
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));
            Offset = _records.Offset;
            if (_records.TryRead(out payload))
            {
                return true;
            }

            (End, Reason) = (_records.End, _records.Reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (End, Reason) = (RecordEnd.Unreadable, exception.Message);
        }

        return false;
    }

    private Event? Damage(InvalidProtocolBufferException exception)
    {
        (End, Reason) = (RecordEnd.Damage, $"its bytes are no event: {exception.Message}");
        return null;
    }

    public void Dispose() => _records?.Dispose();
}
