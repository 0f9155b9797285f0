namespace PluginLoggers.Abstractions.Tests.Media;

public class HistogramDataTests
{
    [Fact]
    public void Default_edges_are_those_of_torch()
    {
        // Values at the ends bring out every edge.
        var edges = TorchEdges();
        Assert.Equal(1549, edges.Count);
        Assert.Equal(edges, HistogramData.FromValues([edges[0], edges[^1]]).BucketLimits.ToArray());
    }

    [Fact]
    public void Buckets_are_those_that_torch_counts_trimmed_with_an_empty_one_at_the_left()
    {
        var random = new Random(22);
        for (var round = 0; round < 50; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 200))
                .Select(_ => (random.Next(2) == 0 ? 1 : -1) * Math.Pow(10, random.Next(-14, 19)) * random.NextDouble())
                .Concat(round % 2 == 0 ? [0, 1e-12, -1e-12, TorchEdges()[100], TorchEdges()[1000]] : [])
                .ToArray();
            var (limits, counts) = TorchHistogram(values);
            var histogram = HistogramData.FromValues(values);

            Assert.Equal(limits, histogram.BucketLimits.ToArray());
            Assert.Equal(counts, histogram.BucketCounts.ToArray());
            Assert.Equal(values.Min(), histogram.Min);
            Assert.Equal(values.Max(), histogram.Max);
            Assert.Equal(values.Length, histogram.Count);
            Assert.Equal(values.Sum(), histogram.Sum, 1e-9 * values.Sum(Math.Abs));
            Assert.Equal(values.Sum(value => value * value), histogram.SumOfSquares, 1e-9 * values.Sum(value => value * value));
        }
    }

    [Fact]
    public void Floats_are_counted_as_doubles_are()
    {
        float[] values = [0.1f, -3, 1e-5f];
        var doubles = values.Select(value => (double)value).ToArray();
        Assert.Equal(HistogramData.FromValues(doubles).BucketLimits.ToArray(), HistogramData.FromValues(values).BucketLimits.ToArray());
    }

    [Fact]
    public void Values_beyond_the_last_edges_are_kept()
    {
        var histogram = HistogramData.FromValues([double.MinValue, 1, double.MaxValue]);
        Assert.Equal(3, histogram.BucketCounts.ToArray().Sum());
        Assert.Equal(double.MaxValue, histogram.BucketLimits.Span[^1]);
        Assert.Equal(double.MinValue, histogram.Min);
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        var histogram = HistogramData.FromValues([double.NaN, 1, double.PositiveInfinity, double.NegativeInfinity]);
        Assert.Equal((1.0, 1.0, 1.0, 1.0), (histogram.Min, histogram.Max, histogram.Sum, histogram.Count));

        var none = HistogramData.FromValues([float.NaN]);
        Assert.Equal((0.0, 0.0), (none.Count, none.Sum));
        Assert.Equal(none.BucketLimits.Length, none.BucketCounts.Length);
    }

    [Fact]
    public void No_value_is_refused()
    {
        Assert.Throws<ArgumentException>(() => HistogramData.FromValues(ReadOnlySpan<double>.Empty));
        Assert.Throws<ArgumentException>(() => HistogramData.FromValues(ReadOnlySpan<float>.Empty));
    }

    [Fact]
    public void Buckets_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Of([1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => Of([2, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => Of([1, double.NaN], [1, 1]));
        Assert.Equal(2, Of([1, double.PositiveInfinity], [1, 1]).BucketLimits.Length);

        static HistogramData Of(double[] limits, double[] counts) => new(0, 1, 2, 3, 4, limits, counts);
    }

    /// <summary>SummaryWriter's default bins, written down again.</summary>
    private static List<double> TorchEdges()
    {
        var edges = new List<double> { 0 };
        for (var edge = 1e-12; edge < 1e20; edge *= 1.1)
        {
            edges.Add(edge);
            edges.Insert(0, -edge);
        }

        return edges;
    }

    /// <summary>numpy's counting (the last bucket has both its edges) and torch's trimming, in the plainest form.</summary>
    private static (double[] Limits, double[] Counts) TorchHistogram(double[] values)
    {
        var edges = TorchEdges();
        var counts = Enumerable.Range(0, edges.Count - 1)
            .Select(i => (double)values.Count(value => value >= edges[i] && (value < edges[i + 1] || (i == edges.Count - 2 && value == edges[i + 1]))))
            .ToList();
        var (first, last) = (counts.FindIndex(count => count > 0), counts.FindLastIndex(count => count > 0));
        return ([.. edges.Skip(first).Take(last - first + 2)], [first > 0 ? counts[first - 1] : 0, .. counts.Skip(first).Take(last - first + 1)]);
    }
}
