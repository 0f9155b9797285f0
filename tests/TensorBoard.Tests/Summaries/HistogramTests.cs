using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class HistogramTests
{
    [Fact]
    public async Task A_histogram_keeps_its_numbers_and_buckets()
    {
        using var run = new TestRun();
        var histogram = new HistogramData(-1, 2, 5, 4.5, 6.25, new double[] { -1, 0, 2 }, new double[] { 1, 0, 4 });

        var written = await run.LogAsync(logger => logger.LogHistogram("weights", histogram, 7));

        var expected = new HistogramProto { Min = -1, Max = 2, Num = 5, Sum = 4.5, SumSquares = 6.25, BucketLimit = { -1, 0, 2 }, Bucket = { 1, 0, 4 } };
        Assert.Equal(new Summary.Types.Value { Tag = "weights", Histo = expected }, Assert.Single(written).Value);
        Assert.Equal(7, written[0].Event.Step);
    }

    [Fact]
    public async Task The_buckets_of_torch_are_its_right_edges_with_one_empty_bucket_on_the_left()
    {
        using var run = new TestRun();

        var written = await run.LogAsync(logger => logger.LogHistogram("weights", HistogramData.FromValues([0.5, 0.5, -0.25]), 0));

        var histogram = Assert.Single(written).Value.Histo;
        Assert.Equal((-0.25, 0.5, 3, 0.75, 0.5625), (histogram.Min, histogram.Max, histogram.Num, histogram.Sum, histogram.SumSquares));
        Assert.Equal(0, histogram.Bucket[0]);
        Assert.Equal(3, histogram.Bucket.Sum());
        Assert.True(histogram.BucketLimit[^1] > 0.5 && histogram.BucketLimit[^2] <= 0.5);
    }
}
