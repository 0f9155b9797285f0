namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// How much one batch may hold. The limit of 1,000,000 bytes is not one: it is looked at only where the body is a JSON text of JSON.
/// </summary>
internal static class BatchLimits
{
    private const int MaxBytes = 1_000_000;

    public static void Check(Message batch)
    {
        var (metrics, pairs, tags) = (batch.List("metrics").Count, batch.List("params").Count, batch.List("tags").Count);
        Limit("metrics", metrics, 1000);
        Limit("params", pairs, 100);
        Limit("tags", tags, 100);
        Limit("metrics, params, and tags", metrics + pairs + tags, 1000);
    }

    public static void CheckSize(int bytes)
    {
        if (bytes > MaxBytes)
        {
            throw ApiException.Invalid($"Batched logging API requests must be at most {MaxBytes} bytes, got a request of size {bytes}.");
        }
    }

    private static void Limit(string what, int count, int max)
    {
        if (count > max)
        {
            throw ApiException.Invalid(
                $"A batch logging request can contain at most {max} {what}. Got {count} {what}. Please split up {what} across multiple requests and try again.");
        }
    }
}
