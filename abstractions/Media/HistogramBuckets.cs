namespace PluginLoggers;

/// <summary>Counts values in PyTorch's default buckets: edges 0 and ±1e-12 * 1.1^k up to 1e20.</summary>
internal sealed class HistogramBuckets
{
    private static readonly double[] Edges = MakeEdges();

    private readonly long[] _counts = new long[Edges.Length + 1];
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _sum;
    private double _sumOfSquares;
    private long _count;

    public HistogramBuckets(int values)
    {
        if (values == 0)
        {
            throw new ArgumentException("A histogram needs at least one value.", nameof(values));
        }
    }

    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        // The bucket of a value is the first whose right edge is larger, as numpy counts; the last edge itself belongs to the last bucket.
        var at = Array.BinarySearch(Edges, value);
        _counts[at >= 0 ? Math.Min(at + 1, Edges.Length - 1) : ~at]++;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _sum += value;
        _sumOfSquares += value * value;
        _count++;
    }

    /// <summary>Only the span of buckets that hold something, and one empty bucket to its left, where the picture begins.</summary>
    public HistogramData ToHistogram()
    {
        if (_count == 0)
        {
            return new HistogramData(0, 0, 0, 0, 0, new double[] { 0 }, new double[] { 0 });
        }

        var first = Array.FindIndex(_counts, count => count > 0);
        var last = Array.FindLastIndex(_counts, count => count > 0);
        var start = Math.Max(0, first - 1);
        var limits = new double[last - start + 1];
        var counts = new double[limits.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            // Beyond the outermost edge there is no limit; the largest number stands for it.
            limits[i] = start + i < Edges.Length ? Edges[start + i] : double.MaxValue;
            counts[i] = _counts[start + i];
        }

        return new HistogramData(_min, _max, _count, _sum, _sumOfSquares, limits, counts);
    }

    private static double[] MakeEdges()
    {
        var positive = new List<double>();
        for (var edge = 1e-12; edge < 1e20; edge *= 1.1)
        {
            positive.Add(edge);
        }

        return [.. positive.AsEnumerable().Reverse().Select(edge => -edge), 0, .. positive];
    }
}
