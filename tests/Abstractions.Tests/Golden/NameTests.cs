using System.Text.Json;

namespace PluginLoggers.Abstractions.Tests.Golden;

/// <summary>Every case of Lightning's <c>_add_prefix</c>, and of the names of its collections.</summary>
public class NameTests
{
    [Fact]
    public void A_prefix_is_put_before_a_name_as_in_Lightning()
    {
        foreach (var golden in GoldenFile.Cases("prefix"))
        {
            var prefix = golden.GetProperty("prefix").GetString();
            var names = golden.GetProperty("metrics").EnumerateObject().Select(metric => MetricNames.AddPrefix(prefix, metric.Name));
            Assert.Equal(golden.GetProperty("result").EnumerateObject().Select(metric => metric.Name), names);
        }
    }

    [Fact]
    public void No_prefix_leaves_the_name_as_it_is() => Assert.Equal("a", MetricNames.AddPrefix(null, "a"));

    [Fact]
    public void The_names_and_versions_of_a_collection_are_joined_as_in_Lightning_1_6()
    {
        foreach (var golden in GoldenFile.Cases("join"))
        {
            var collection = new LoggerCollection(
                golden.GetProperty("children").EnumerateArray().Select(child => new Named(Text(child[0]), Text(child[1]))));
            Assert.Equal(golden.GetProperty("name_1_6").GetString(), collection.Name);
            Assert.Equal(golden.GetProperty("version_1_6").GetString(), collection.Version);
        }
    }

    /// <summary>
    /// A deviation: names and versions are texts here, and never null. Python's null joins as None, its number as its text.
    /// </summary>
    private static string Text(JsonElement json) => json.ValueKind == JsonValueKind.Null ? "None" : json.ToString();

    private sealed class Named(string name, string version) : LightningLoggerBase
    {
        public override string Name => name;

        public override string Version => version;

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null)
        {
        }
    }
}
