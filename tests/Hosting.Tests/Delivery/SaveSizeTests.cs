using PluginLoggers.Hosting.Delivery;

namespace PluginLoggers.Hosting.Tests.Delivery;

public sealed class SaveSizeTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_backend_that_saves_fast_is_given_more_up_to_a_bound()
    {
        var size = new SaveSize();
        for (var i = 0; i < 10; i++)
        {
            var before = size.Bytes;
            size.Saved(before, Fast);
            Assert.InRange(size.Bytes, before, 8 * 1024 * 1024);
        }

        Assert.Equal(8 * 1024 * 1024, size.Bytes);
    }

    [Fact]
    public void A_backend_that_saves_slowly_is_given_half_of_it_and_never_nothing()
    {
        var size = new SaveSize();
        size.Saved(size.Bytes, Slow);
        Assert.Equal(32 * 1024, size.Bytes);
        for (var i = 0; i < 20; i++)
        {
            size.Saved(size.Bytes, Slow);
        }

        Assert.InRange(size.Bytes, 1, 32 * 1024);
    }

    [Fact]
    public void A_save_of_little_says_nothing_of_what_a_large_one_would_take()
    {
        var size = new SaveSize();
        var before = size.Bytes;
        size.Saved(1, Fast);
        Assert.Equal(before, size.Bytes);
    }

    [Fact]
    public void A_record_that_is_larger_alone_and_slow_leaves_the_bound_where_it_is()
    {
        var size = new SaveSize();
        var before = size.Bytes;
        size.Saved(60 * 1024 * 1024, Slow);
        Assert.Equal(before, size.Bytes);
    }
}
