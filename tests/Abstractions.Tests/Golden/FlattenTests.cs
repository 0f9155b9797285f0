namespace PluginLoggers.Abstractions.Tests.Golden;

/// <summary>Every case of Lightning's <c>_flatten_dict</c>.</summary>
public class FlattenTests
{
    private static readonly Dictionary<string, (string Flat, string Reason)> Deviations = new()
    {
        ["null leaf becomes the string None"] =
            ("{a/x: null, n: null}", "A null stays one, as in Lightning 2; a backend shows it as its format does."),
        ["list untouched"] = ("{l/0/q: 1}", "A list that holds dictionaries is flattened by position, as in Lightning 2."),
    };

    public static TheoryData<string> Cases => GoldenFile.Names("flatten");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_flattens_as_Lightning_does(string name)
    {
        var golden = GoldenFile.Case("flatten", name);
        var flat = Hyperparameters.Flatten(
            GoldenFile.Dictionary(golden.GetProperty("params")), golden.GetProperty("delimiter").GetString()!);

        var lightning = GoldenFile.Canonical(GoldenFile.Value(golden.GetProperty("result")));
        var deviates = Deviations.TryGetValue(name, out var deviation);
        Assert.Equal(deviates ? deviation.Flat : lightning, GoldenFile.Canonical(flat));
        Assert.Equal(deviates, deviation.Flat is not null && deviation.Flat != lightning);
    }
}
