using System.Buffers;
using System.Text.Json;

namespace PluginLoggers.MLflow;

/// <summary>
/// Writes bodies of <c>runs/log-batch</c> into one reused buffer. A value that a server cannot parse is stored as 0 and whatever follows
/// it is lost, with status 200: so NaN and the infinities are quoted, and params and tags are strings.
/// </summary>
internal sealed class BatchWriter : IDisposable
{
    /// <summary>The most metrics of one batch.</summary>
    public const int MaxMetrics = 1000;

    /// <summary>The most params, or tags, of one batch.</summary>
    public const int MaxPairs = 100;

    /// <summary>
    /// The documented limit of a body is 1,000,000 bytes; nothing is begun in the last 64 KiB, into which the largest tag fits, escaped.
    /// </summary>
    private const int FullBytes = 1_000_000 - (64 * 1024);

    private static readonly JsonEncodedText NaN = JsonEncodedText.Encode("NaN");
    private static readonly JsonEncodedText Infinity = JsonEncodedText.Encode("Infinity");
    private static readonly JsonEncodedText NegativeInfinity = JsonEncodedText.Encode("-Infinity");
    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Step = JsonEncodedText.Encode("step");

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    public BatchWriter() => _writer = new Utf8JsonWriter(_buffer, WireJson.Writing);

    /// <summary>A body with as many of the points as fit.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="points">The points; at least one.</param>
    /// <param name="taken">How many of them are in the body.</param>
    /// <returns>The body; it is overwritten by the next one.</returns>
    public ReadOnlyMemory<byte> WriteMetrics(string runId, ReadOnlySpan<MetricPoint> points, out int taken)
    {
        Begin(runId, "metrics");
        for (taken = 0; taken < points.Length && taken < MaxMetrics && !IsFull; taken++)
        {
            ref readonly var point = ref points[taken];
            _writer.WriteStartObject();
            _writer.WriteString(Key, point.Key);
            WriteValue(point.Value);
            _writer.WriteNumber(Timestamp, point.Timestamp);
            _writer.WriteNumber(Step, point.Step);
            _writer.WriteEndObject();
        }

        return End();
    }

    /// <summary>A body with as many of the params or tags as fit.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="kind"><c>params</c> or <c>tags</c>.</param>
    /// <param name="pairs">The keys and values; at least one.</param>
    /// <param name="taken">How many of them are in the body.</param>
    /// <returns>The body; it is overwritten by the next one.</returns>
    public ReadOnlyMemory<byte> WritePairs(string runId, string kind, ReadOnlySpan<KeyValue> pairs, out int taken)
    {
        Begin(runId, kind);
        for (taken = 0; taken < pairs.Length && taken < MaxPairs && !IsFull; taken++)
        {
            _writer.WriteStartObject();
            _writer.WriteString(Key, pairs[taken].Key);
            _writer.WriteString(Value, pairs[taken].Value);
            _writer.WriteEndObject();
        }

        return End();
    }

    public void Dispose() => _writer.Dispose();

    private bool IsFull => _writer.BytesCommitted + _writer.BytesPending > FullBytes;

    private void Begin(string runId, string list)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("run_id", runId);
        _writer.WriteStartArray(list);
    }

    private ReadOnlyMemory<byte> End()
    {
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    private void WriteValue(double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteNumber(Value, value);
        }
        else
        {
            _writer.WriteString(Value, double.IsNaN(value) ? NaN : value > 0 ? Infinity : NegativeInfinity);
        }
    }
}
