using System.Runtime.InteropServices;

namespace PluginLoggers.MLflow;

/// <summary>Sends params and tags. A param keeps its first value for good; a later one becomes a tag.</summary>
internal sealed class ParamSender(TrackingApi api, BatchWriter writer, NameTable names, Action<string> report)
{
    /// <summary>The tag of a param that was logged again with another value.</summary>
    public string ChangedTag(string param) => names.Tag($"changed_param.{param}");

    /// <summary>Sends the params, and adds tags for those that the server has with another value.</summary>
    public async Task SendParamsAsync(string runId, PendingRecords pending, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(runId, "params", pending.Params, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackingRequestException failure) when (failure.IsChangedParam)
        {
            var run = await api.GetRunAsync(runId, cancellationToken).ConfigureAwait(false);
            var stored = (run.Data?.Params ?? []).ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal);
            foreach (var param in pending.Params.Where(param => stored.TryGetValue(param.Key, out var value) && value != param.Value))
            {
                pending.Tags[ChangedTag(param.Key)] = param.Value;
                report(
                    $"The MLflow param '{param.Key}' was logged again with another value; a param cannot change, "
                    + "so the value is in the tag "
                    + $"'{ChangedTag(param.Key)}'.");
            }

            await SendAsync(runId, "params", pending.Params.FindAll(param => !stored.ContainsKey(param.Key)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public Task SendTagsAsync(string runId, PendingRecords pending, CancellationToken cancellationToken) =>
        SendAsync(runId, "tags", [.. pending.Tags.Select(tag => new KeyValue(tag.Key, LongValue.Cut(tag.Value, LongValue.MaxTagLength)))],
            cancellationToken);

    private async Task SendAsync(string runId, string kind, List<KeyValue> pairs, CancellationToken cancellationToken)
    {
        for (var at = 0; at < pairs.Count;)
        {
            var body = writer.WritePairs(runId, kind, CollectionsMarshal.AsSpan(pairs)[at..], out var taken);
            await api.LogBatchAsync(body, cancellationToken).ConfigureAwait(false);
            at += taken;
        }
    }
}
