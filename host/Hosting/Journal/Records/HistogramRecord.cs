namespace PluginLoggers.Hosting.Journal.Records;

/// <summary>Name, five statistics, number of buckets, then limit and count of each.</summary>
internal static class HistogramRecord
{
    public static void Write(RecordBuffer body, string name, HistogramData histogram)
    {
        body.WriteText(name);
        body.WriteDouble(histogram.Min);
        body.WriteDouble(histogram.Max);
        body.WriteDouble(histogram.Count);
        body.WriteDouble(histogram.Sum);
        body.WriteDouble(histogram.SumOfSquares);
        body.WriteVarint((uint)histogram.BucketLimits.Length);
        for (var i = 0; i < histogram.BucketLimits.Length; i++)
        {
            body.WriteDouble(histogram.BucketLimits.Span[i]);
            body.WriteDouble(histogram.BucketCounts.Span[i]);
        }
    }

    public static void Deliver(ref RecordReader body, ILightningLogger logger, long step)
    {
        var name = body.ReadText();
        var (min, max, count) = (body.ReadDouble(), body.ReadDouble(), body.ReadDouble());
        var (sum, squares) = (body.ReadDouble(), body.ReadDouble());
        var limits = new double[body.ReadCount(2 * sizeof(double))];
        var counts = new double[limits.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            (limits[i], counts[i]) = (body.ReadDouble(), body.ReadDouble());
        }

        logger.LogHistogram(name, Checked(() => new HistogramData(min, max, count, sum, squares, limits, counts)), step);
    }

    private static HistogramData Checked(Func<HistogramData> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException mistake)
        {
            throw new MalformedRecordException(mistake.Message);
        }
    }
}
