namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// Rows are inserted together; if one is there already, all that are missing are inserted for each slice of 100 keys anew, where only what
/// is stored under the keys of the slice counts as there. So a row whose key is in no first slice fails, and a NaN, which equals nothing,
/// fails always. What failed is undone, but what was logged before the metrics stays.
/// </summary>
internal static class LargeBatchesThatAreSentAgainFail
{
    private const int Slice = 100;

    /// <exception cref="ApiException">A row is there, and was not found to be.</exception>
    public static void Insert(MetricTable table, IReadOnlyList<MetricRow> batch)
    {
        MetricRow[] rows = [.. Distinct(batch)];
        var before = table.Count;
        if (table.TryInsert(rows))
        {
            return;
        }

        foreach (var slice in rows.Chunk(Slice))
        {
            var keys = slice.Select(row => row.Key).ToHashSet();
            MetricRow[] missing = [.. rows.Where(row => row.IsNaN || !keys.Contains(row.Key) || !table.Contains(row))];
            if (!table.TryInsert(missing))
            {
                table.Truncate(before);
                throw ApiException.Database("UNIQUE constraint failed: metrics.key, metrics.timestamp, metrics.step, metrics.run_uuid, metrics.value, metrics.is_nan");
            }
        }
    }

    private static IEnumerable<MetricRow> Distinct(IEnumerable<MetricRow> batch)
    {
        var seen = new HashSet<MetricRow>();
        return batch.Where(row => row.IsNaN || seen.Add(row));
    }
}
