namespace PluginLoggers;

/// <summary>A distribution of numbers, as counts in buckets. Immutable; the arrays given are not copied, and must not change.</summary>
/// <remarks>
/// The shape is that of TensorBoard's
/// <see href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">HistogramProto</see>.
/// </remarks>
public sealed class HistogramData
{
    /// <summary>Takes buckets that were counted already.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="sumOfSquares">The sum of their squares.</param>
    /// <param name="bucketLimits">The right edge of each bucket, rising; the left edge is the limit before it.</param>
    /// <param name="bucketCounts">How many values each bucket holds; as many as there are limits.</param>
    /// <exception cref="ArgumentException">There are not as many counts as limits, or the limits do not rise.</exception>
    public HistogramData(
        double min,
        double max,
        double count,
        double sum,
        double sumOfSquares,
        ReadOnlyMemory<double> bucketLimits,
        ReadOnlyMemory<double> bucketCounts)
    {
        if (bucketLimits.Length != bucketCounts.Length)
        {
            throw new ArgumentException(
                $"Found {bucketCounts.Length} counts for {bucketLimits.Length} limits; each bucket has one of both.", nameof(bucketCounts));
        }

        for (var i = 1; i < bucketLimits.Length; i++)
        {
            if (!(bucketLimits.Span[i] > bucketLimits.Span[i - 1]))
            {
                throw new ArgumentException(
                    $"The limits of buckets must rise; limit {i} is {bucketLimits.Span[i]} after {bucketLimits.Span[i - 1]}.",
                    nameof(bucketLimits));
            }
        }

        (Min, Max, Count, Sum, SumOfSquares, BucketLimits, BucketCounts) = (min, max, count, sum, sumOfSquares, bucketLimits, bucketCounts);
    }

    /// <summary>The smallest value.</summary>
    public double Min { get; }

    /// <summary>The largest value.</summary>
    public double Max { get; }

    /// <summary>How many values there are.</summary>
    public double Count { get; }

    /// <summary>The sum of the values.</summary>
    public double Sum { get; }

    /// <summary>The sum of the squares of the values.</summary>
    public double SumOfSquares { get; }

    /// <summary>The right edge of each bucket, rising.</summary>
    public ReadOnlyMemory<double> BucketLimits { get; }

    /// <summary>How many values each bucket holds.</summary>
    public ReadOnlyMemory<double> BucketCounts { get; }

    /// <summary>
    /// Counts values in the buckets that PyTorch uses: their widths grow by a tenth, from 1e-12 to 1e20 on either side of 0.
    /// </summary>
    /// <param name="values">The values. Those that are not finite are left out: one NaN would spoil the whole picture.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static HistogramData FromValues(ReadOnlySpan<float> values)
    {
        var buckets = new HistogramBuckets(values.Length);
        foreach (var value in values)
        {
            buckets.Add(value);
        }

        return buckets.ToHistogram();
    }

    /// <inheritdoc cref="FromValues(ReadOnlySpan{float})"/>
    public static HistogramData FromValues(ReadOnlySpan<double> values)
    {
        var buckets = new HistogramBuckets(values.Length);
        foreach (var value in values)
        {
            buckets.Add(value);
        }

        return buckets.ToHistogram();
    }
}
