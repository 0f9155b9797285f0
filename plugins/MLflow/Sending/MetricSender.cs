using System.Runtime.InteropServices;

namespace PluginLoggers.MLflow;

/// <summary>
/// Sends metrics, each once. A server ignores a point that it has, but only in batches of at most 100, and never a NaN; a larger batch that
/// holds such a point it refuses, sometimes as a whole. So what may be there already goes in small batches, each NaN alone.
/// </summary>
internal sealed class MetricSender(TrackingApi api) : IDisposable
{
    /// <summary>The largest batch that can be sent again; it costs about a third of the throughput.</summary>
    private const int MaxAgain = 100;

    private BatchWriter _writer = new();
    private BatchWriter _next = new();

    /// <summary>Sends all points.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="points">The points.</param>
    /// <param name="mayBeThere">Whether the server may have some of them.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async Task SendAsync(string runId, List<MetricPoint> points, bool mayBeThere, CancellationToken cancellationToken)
    {
        if (mayBeThere)
        {
            await SendAgainAsync(runId, points, cancellationToken).ConfigureAwait(false);
            return;
        }

        var body = Write(_writer, runId, points, from: 0, out var taken);
        for (var at = 0; taken > 0;)
        {
            var sending = api.LogBatchAsync(body, cancellationToken);

            // While the server works, the next batch is encoded: a tenth of the time that a server on this machine takes.
            var following = Write(_next, runId, points, at + taken, out var nextTaken);
            try
            {
                await sending.ConfigureAwait(false);
            }
            catch (TrackingRequestException failure) when (failure.IsDuplicate)
            {
                await SendAgainAsync(runId, points.GetRange(at, taken), cancellationToken).ConfigureAwait(false);
            }

            (_writer, _next) = (_next, _writer);
            (at, taken, body) = (at + taken, nextTaken, following);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _next.Dispose();
    }

    private static ReadOnlyMemory<byte> Write(BatchWriter writer, string runId, List<MetricPoint> points, int from, out int taken)
    {
        taken = 0;
        return from == points.Count ? default : writer.WriteMetrics(runId, CollectionsMarshal.AsSpan(points)[from..], out taken);
    }

    private async Task SendAgainAsync(string runId, List<MetricPoint> points, CancellationToken cancellationToken)
    {
        var numbers = points.FindAll(point => !double.IsNaN(point.Value));
        for (var at = 0; at < numbers.Count;)
        {
            var body = _writer.WriteMetrics(runId, CollectionsMarshal.AsSpan(numbers).Slice(at, Math.Min(MaxAgain, numbers.Count - at)),
                out var taken);
            await api.LogBatchAsync(body, cancellationToken).ConfigureAwait(false);
            at += taken;
        }

        foreach (var point in points.Where(point => double.IsNaN(point.Value)))
        {
            try
            {
                await api.LogBatchAsync(_writer.WriteMetrics(runId, [point], out _), cancellationToken).ConfigureAwait(false);
            }
            catch (TrackingRequestException failure) when (failure.IsDuplicate)
            {
                // It is there.
            }
        }
    }
}
