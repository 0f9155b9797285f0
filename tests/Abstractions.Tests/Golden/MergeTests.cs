namespace PluginLoggers.Abstractions.Tests.Golden;

/// <summary>Every case of Lightning's <c>merge_dicts</c>.</summary>
public class MergeTests
{
    private static readonly Dictionary<string, (string Merged, string Reason)> Deviations = new()
    {
        ["no dictionaries"] = ("{}", "Nothing merged is nothing; Lightning throws a TypeError out of reduce."),
        ["only None"] = ("{b: 1}", "A name whose values are all null is left out; Lightning throws an IndexError."),
        ["mapping given for a scalar key"] =
            ("{d: 1.5}", "Functions have joined names, so that of d/x does not concern d; Lightning calls the mapping."),
    };

    public static TheoryData<string> Cases => GoldenFile.Names("merge");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_merges_as_Lightning_does(string name)
    {
        var golden = GoldenFile.Case("merge", name);
        var dictionaries = golden.GetProperty("dicts").EnumerateArray().Select(GoldenFile.Dictionary).ToList();
        var functions = GoldenFile.Functions(golden.GetProperty("funcs"));
        var defaultFunction = GoldenFile.Function(golden.GetProperty("default").GetString());
        IReadOnlyDictionary<string, object?> Merge() => MetricAggregator.MergeDictionaries(dictionaries, functions, defaultFunction);

        if (Deviations.TryGetValue(name, out var deviation))
        {
            Assert.Equal(deviation.Merged, GoldenFile.Canonical(Merge()));
        }
        else if (golden.TryGetProperty("error", out _))
        {
            Assert.Throws<ArgumentException>(() => Merge());
        }
        else
        {
            Assert.Equal(GoldenFile.Canonical(GoldenFile.Value(golden.GetProperty("result"))), GoldenFile.Canonical(Merge()));
        }
    }

    [Fact]
    public void Every_deviation_is_one()
    {
        foreach (var (name, (merged, _)) in Deviations)
        {
            var golden = GoldenFile.Case("merge", name);
            Assert.True(
                golden.TryGetProperty("error", out _) || GoldenFile.Canonical(GoldenFile.Value(golden.GetProperty("result"))) != merged,
                name);
        }
    }
}
