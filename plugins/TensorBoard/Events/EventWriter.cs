using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Takes the events of a run's event file: what <see cref="ILightningLogger.Experiment"/> is in this backend. They are kept in memory until
/// the logger saves. Not thread-safe.
/// </summary>
public sealed class EventWriter
{
    /// <summary>Under which TensorBoard files the graph.</summary>
    internal const string GraphTag = "__run_graph__";

    private const string FileVersion = "brain.Event:2";
    private const string WriterName = "PluginLoggers.TensorBoard";

    private readonly RecordBuffer _unsaved = new();
    private readonly PendingScalars _scalars = new();
    private readonly EventFile _file;
    private readonly EventOutput _output;
    private readonly TimeProvider _time;

    internal EventWriter(EventFile file, Tags tags, TimeProvider time)
    {
        (_file, _output, _time) = (file, new EventOutput(file, tags), time);
        Written = new WrittenEvents(file, _unsaved);
    }

    /// <summary>The event file; it need not exist before the first save.</summary>
    public string FilePath => _file.Path;

    /// <summary>The wall time of what is logged now.</summary>
    internal double Now => WallTime.Of(_time.GetUtcNow());

    /// <summary>The memory of what is unsaved.</summary>
    internal long UnsavedBytes => _unsaved.Bytes.Length + _scalars.Bytes;

    /// <summary>Everything so far, saved or not, once it is settled.</summary>
    internal WrittenEvents Written { get; }

    /// <summary>
    /// Appends an <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/util/event.proto">Event</see>.
    /// </summary>
    /// <param name="serializedEvent">The message as bytes.</param>
    /// <exception cref="LoggerRejectedException">
    /// The bytes are no such message. One in a file stops TensorBoard for all of its runs.
    /// </exception>
    public void Append(ReadOnlySpan<byte> serializedEvent)
    {
        _ = Parsed(Event.Parser, serializedEvent);
        serializedEvent.CopyTo(_unsaved.Reserve(serializedEvent.Length));
        _unsaved.Commit(serializedEvent.Length);
    }

    /// <summary>
    /// Appends a <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">Summary</see>
    /// with the time of the run's clock.
    /// </summary>
    /// <param name="serializedSummary">The message as bytes.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="LoggerRejectedException">The bytes are no such message.</exception>
    public void AppendSummary(ReadOnlySpan<byte> serializedSummary, long step) =>
        Append(new Event { WallTime = Now, Step = step, Summary = Parsed(Summary.Parser, serializedSummary) });

    /// <summary>
    /// Whether an event is in the file a second time, to be seen again after a run went back: such a one names its writer.
    /// </summary>
    internal static bool IsRepetition(Event written) =>
        written.SourceMetadata?.Writer == WriterName && written.WhatCase is Event.WhatOneofCase.Summary or Event.WhatOneofCase.GraphDef;

    /// <summary>The tags under which TensorBoard files an event.</summary>
    internal static IEnumerable<string> TagsOf(Event written) => written.WhatCase switch
    {
        Event.WhatOneofCase.Summary => written.Summary.Value.Select(value => value.Tag),
        Event.WhatOneofCase.GraphDef => [GraphTag],
        _ => [],
    };

    /// <summary>Writes what an event holds of a tag once more.</summary>
    internal void AppendRepetition(Event written, string tag)
    {
        var repetition = new Event(written) { SourceMetadata = new SourceMetadata { Writer = WriterName } };
        if (repetition.Summary is { } summary)
        {
            var value = summary.Value.Last(value => value.Tag == tag);
            summary.Value.Clear();
            summary.Value.Add(value);
        }

        Append(repetition);
    }

    /// <summary>Appends the start of a session; from the second one in a file on, it hides what has its step or a later one.</summary>
    internal void AppendSessionStart(long step) =>
        Append(new Event { WallTime = Now, Step = step, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });

    /// <summary>What stands first in a file: its version, and the start of a session, without which a later one could not purge.</summary>
    internal void AppendHeader(DateTimeOffset startTime)
    {
        var wallTime = WallTime.Of(startTime);
        Append(new Event { WallTime = wallTime, FileVersion = FileVersion, SourceMetadata = new SourceMetadata { Writer = WriterName } });
        Append(new Event { WallTime = wallTime, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    /// <summary>The place for the scalars of a call. Fill all of it, then <see cref="AppendScalars"/>.</summary>
    internal Span<PendingScalar> ReserveScalars(int count) => _scalars.Reserve(count);

    /// <summary>Appends the reserved scalars, with the time of the run's clock.</summary>
    internal void AppendScalars(int count, long step) => _scalars.Commit(count, Now, step, _unsaved.Bytes.Length);

    internal void AppendValue(Summary.Types.Value value, long step) =>
        Append(new Event { WallTime = Now, Step = step, Summary = new Summary { Value = { value } } });

    /// <exception cref="LoggerRejectedException">The bytes are no value of a summary.</exception>
    internal void AppendValue(ReadOnlySpan<byte> serializedValue, Action<Summary.Types.Value> name, long step)
    {
        var value = Parsed(Summary.Types.Value.Parser, serializedValue);
        name(value);
        AppendValue(value, step);
    }

    /// <exception cref="LoggerRejectedException">The bytes are no summary.</exception>
    internal void AppendValues(ReadOnlySpan<byte> serializedSummary, Action<Summary.Types.Value> name, long step)
    {
        var summary = Parsed(Summary.Parser, serializedSummary);
        foreach (var value in summary.Value)
        {
            name(value);
        }

        Append(new Event { WallTime = Now, Step = step, Summary = summary });
    }

    internal void AppendGraph(ByteString graphDefinition) => Append(new Event { WallTime = Now, GraphDef = graphDefinition });

    /// <summary>Encodes the scalars that wait, so that <see cref="Written"/> has them.</summary>
    internal void Settle()
    {
        if (!_scalars.IsEmpty)
        {
            var settled = _output.Encode(_scalars, _unsaved.Bytes.Span);
            _scalars.Clear();
            _unsaved.Replace(settled);
        }
    }

    /// <summary>Makes everything durable. After an exception, nothing is lost, and it can be called again.</summary>
    internal void Save()
    {
        _output.Write(_scalars, _unsaved.Bytes.Span);
        _scalars.Clear();
        _unsaved.Clear();
    }

    private static T Parsed<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new LoggerRejectedException($"The {bytes.Length} bytes are no {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    private void Append(Event message)
    {
        var length = message.CalculateSize();
        message.WriteTo(_unsaved.Reserve(length));
        _unsaved.Commit(length);
    }
}
