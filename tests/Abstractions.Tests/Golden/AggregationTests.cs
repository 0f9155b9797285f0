using System.Text.Json;

namespace PluginLoggers.Abstractions.Tests.Golden;

/// <summary>Every case of Lightning's aggregation, through the base class; where ours differs, it says why.</summary>
public class AggregationTests
{
    /// <summary>What we log instead, as Canonical writes it, and why.</summary>
    private static readonly Dictionary<string, (string Logged, string Reason)> Deviations = new()
    {
        ["empty dictionary logged on save"] =
            ("[]", "An empty dictionary is never logged; Lightning drops it on a change of step and logs it on save."),
        ["None alone passes through"] =
            ("[]", "A metric is a double: a name whose values are all null is left out and counted."),
        ["all None wedges the logger for ever"] =
            ("[{metrics: {a: 1}, step: 1}, {metrics: {a: 1}, step: 2}]",
                "The buffer is cleared before anything can fail, and nulls do not fail."),
        ["nested dictionaries"] =
            ("[{metrics: {d/x: 4, d/y: 2}, step: 0}]", "What reaches a backend is flat: nested names are joined with /."),
    };

    /// <summary>Where the buffer ends otherwise than Lightning's, for the same reasons.</summary>
    private static readonly Dictionary<string, int> PendingDeviations = new() { ["all None wedges the logger for ever"] = 0 };

    public static TheoryData<string> Cases => GoldenFile.Names("agg");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_aggregates_as_Lightning_does(string name)
    {
        var golden = GoldenFile.Case("agg", name);
        var functions = GoldenFile.Functions(golden.GetProperty("key_funcs"));
        var defaultFunction = GoldenFile.Function(golden.GetProperty("default").GetString());
        await using var logger = new ListLogger();
        logger.UpdateAggregation(functions, defaultFunction);
        var aggregator = new MetricAggregator(functions, defaultFunction);
        foreach (var operation in golden.GetProperty("ops").EnumerateArray())
        {
            await Apply(operation, logger, aggregator);
        }

        var lightning = golden.GetProperty("logged").EnumerateArray().Select(GoldenFile.Value).ToList();
        var expected = Deviations.TryGetValue(name, out var deviation) ? deviation.Logged : GoldenFile.Canonical(lightning);
        Assert.Equal(expected, GoldenFile.Canonical(logger.Calls));
        Assert.Equal(PendingDeviations.GetValueOrDefault(name, golden.GetProperty("pending").GetInt32()), aggregator.PendingCount);
    }

    [Fact]
    public void Every_deviation_is_one()
    {
        foreach (var (name, (logged, _)) in Deviations)
        {
            var lightning = GoldenFile.Case("agg", name).GetProperty("logged").EnumerateArray().Select(GoldenFile.Value).ToList();
            Assert.NotEqual(GoldenFile.Canonical(lightning), logged);
        }
    }

    private static async Task Apply(JsonElement operation, ListLogger logger, MetricAggregator aggregator)
    {
        switch (operation[0].GetString())
        {
            case "agg":
                long? step = operation[2].ValueKind == JsonValueKind.Null ? null : operation[2].GetInt64();
                logger.AggregateAndLogMetrics(GoldenFile.Dictionary(operation[1]), step);
                aggregator.Add(GoldenFile.Dictionary(operation[1]), step);
                break;
            case "log":
                var metrics = operation[1].EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble());
                logger.LogMetrics(metrics, operation[2].GetInt64());
                break;
            case "update":
                // Without a second argument, Lightning resets the default to the mean; ours keeps it. See MetricAggregatorTests.
                logger.UpdateAggregation(GoldenFile.Functions(operation[1]));
                aggregator.Update(GoldenFile.Functions(operation[1]));
                break;
            case "save":
                await logger.SaveAsync();
                aggregator.Flush();
                break;
            case "finalize":
                await logger.FinalizeAsync(RunStatus.Finished);
                aggregator.Flush();
                break;
            default:
                Assert.Fail($"Unknown operation {operation}.");
                break;
        }
    }

    /// <summary>What a backend is given, steps as they are.</summary>
    private sealed class ListLogger : LightningLoggerBase
    {
        public List<Dictionary<string, object?>> Calls { get; } = [];

        public override void LogMetrics(ReadOnlySpan<Metric> metrics, long? step = null) => Calls.Add(new()
        {
            ["step"] = step,
            ["metrics"] = metrics.ToArray().ToDictionary(metric => metric.Name, metric => (object?)metric.Value),
        });
    }
}
