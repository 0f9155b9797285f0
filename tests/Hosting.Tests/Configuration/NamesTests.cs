using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Tests.Configuration;

public sealed class NamesTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("FlushEvry", "FlushEvery", 1)]
    public void The_distance_counts_letters_to_insert_remove_replace_or_swap(string left, string right, int distance)
    {
        Assert.Equal(distance, Names.Distance(left, right));
        Assert.Equal(distance, Names.Distance(right, left));
    }

    [Theory]
    [InlineData("tensorbord", "TensorBoard")]
    [InlineData("CVS", "Csv")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_one_that_is_near(string name, string? nearest) =>
        Assert.Equal(nearest, Names.Nearest(name, ["Csv", "MLflow", "TensorBoard"]));

    [Fact]
    public void A_name_of_absurd_length_is_near_to_none() => Assert.Null(Names.Nearest(new string('a', 1_000_000), ["Csv"]));
}
