using System.Runtime.InteropServices;

namespace PluginLoggers.MLflow;

/// <summary>
/// Sends metrics, each once. A server ignores a point that it has, but only in batches of at most 100, and never a NaN; a larger batch that
/// holds such a point it refuses, sometimes as a whole. So what may be there already goes in small batches, each NaN alone.
/// </summary>
internal sealed class MetricSender(TrackingApi api, BatchWriter writer)
{
    /// <summary>The largest batch that can be sent again; it costs about a third of the throughput.</summary>
    private const int MaxAgain = 100;

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

        for (var at = 0; at < points.Count;)
        {
            var body = writer.WriteMetrics(runId, CollectionsMarshal.AsSpan(points)[at..], out var taken);
            try
            {
                await api.LogBatchAsync(body, cancellationToken).ConfigureAwait(false);
            }
            catch (TrackingRequestException failure) when (failure.IsDuplicate)
            {
                await SendAgainAsync(runId, points.GetRange(at, taken), cancellationToken).ConfigureAwait(false);
            }

            at += taken;
        }
    }

    private async Task SendAgainAsync(string runId, List<MetricPoint> points, CancellationToken cancellationToken)
    {
        var numbers = points.FindAll(point => !double.IsNaN(point.Value));
        for (var at = 0; at < numbers.Count;)
        {
            var body = writer.WriteMetrics(runId, CollectionsMarshal.AsSpan(numbers).Slice(at, Math.Min(MaxAgain, numbers.Count - at)),
                out var taken);
            await api.LogBatchAsync(body, cancellationToken).ConfigureAwait(false);
            at += taken;
        }

        foreach (var point in points.Where(point => double.IsNaN(point.Value)))
        {
            try
            {
                await api.LogBatchAsync(writer.WriteMetrics(runId, [point], out _), cancellationToken).ConfigureAwait(false);
            }
            catch (TrackingRequestException failure) when (failure.IsDuplicate)
            {
                // It is there.
            }
        }
    }
}
