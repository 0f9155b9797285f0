namespace PluginLoggers.Abstractions.Tests.Metrics;

public class AggregationsTests
{
    public static TheoryData<string, double> Functions => new()
    {
        { nameof(Aggregations.Mean), 2.5 },
        { nameof(Aggregations.Sum), 10 },
        { nameof(Aggregations.Min), 1 },
        { nameof(Aggregations.Max), 4 },
        { nameof(Aggregations.First), 3 },
        { nameof(Aggregations.Last), 2 },
        { nameof(Aggregations.Count), 4 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_makes_one_value_of_several(string name, double expected) => Assert.Equal(expected, Named(name)([3, 1, 4, 2]));

    [Theory]
    [MemberData(nameof(Functions))]
    public void NaN_spoils_all_but_first_last_and_count(string name, double expected)
    {
        _ = expected;
        var result = Named(name)([1, double.NaN, 2]);
        Assert.Equal(
            name is not (nameof(Aggregations.First) or nameof(Aggregations.Last) or nameof(Aggregations.Count)), double.IsNaN(result));
    }

    private static AggregationFunction Named(string name) => (AggregationFunction)typeof(Aggregations).GetProperty(name)!.GetValue(null)!;
}
