namespace PluginLoggers.Abstractions.Tests.Metrics;

/// <summary>Where our aggregation differs from Lightning's on purpose, and what its golden cases do not show.</summary>
public class MetricAggregatorTests
{
    [Fact]
    public void The_callers_dictionary_is_copied_when_it_is_given()
    {
        var metrics = new Dictionary<string, object?> { ["a"] = 1 };
        var aggregator = new MetricAggregator();
        aggregator.Add(metrics, 0);
        metrics["a"] = 100;
        metrics["b"] = 100;

        Assert.Equal([new Metric("a", 1)], aggregator.Flush()!.Metrics.ToArray());
    }

    [Fact]
    public void The_callers_functions_are_copied_and_stay_as_they_are()
    {
        var functions = new Dictionary<string, AggregationFunction> { ["a"] = Aggregations.Max };
        var aggregator = new MetricAggregator(functions);
        aggregator.Update(new Dictionary<string, AggregationFunction> { ["b"] = Aggregations.Sum });
        functions["a"] = Aggregations.Min;

        Assert.Single(functions);
        aggregator.Add(Of("a", 1), 0);
        aggregator.Add(Of("a", 3), 0);
        Assert.Equal([new Metric("a", 3)], aggregator.Flush()!.Metrics.ToArray());
    }

    [Fact]
    public void A_function_that_throws_loses_its_step_and_not_the_ones_after_it()
    {
        var fails = true;
        var aggregator = new MetricAggregator(defaultFunction: values => fails ? throw new InvalidOperationException("broken") : values[0]);
        aggregator.Add(Of("a", 1), 0);
        aggregator.Add(Of("a", 2), 0);
        Assert.Throws<InvalidOperationException>(() => aggregator.Add(Of("a", 5), 1));

        fails = false;
        var next = aggregator.Flush()!;
        Assert.Equal(1, next.Step);
        Assert.Equal([new Metric("a", 5)], next.Metrics.ToArray());
        Assert.Null(aggregator.Flush());
    }

    [Fact]
    public void A_name_whose_values_are_all_null_is_left_out_and_counted()
    {
        var aggregator = new MetricAggregator();
        aggregator.Add(new Dictionary<string, object?> { ["a"] = null, ["b"] = 1, ["c"] = null }, 0);
        aggregator.Add(new Dictionary<string, object?> { ["a"] = null, ["c"] = 4 }, 0);

        Assert.Equal([new Metric("b", 1), new Metric("c", 4)], aggregator.Flush()!.Metrics.ToArray());
        Assert.Equal(1, aggregator.OmittedCount);
    }

    [Fact]
    public void An_empty_dictionary_is_never_let_go_on_a_step_change_or_on_a_flush()
    {
        var aggregator = new MetricAggregator();
        Assert.Null(aggregator.Add(new Dictionary<string, object?>(), 0));
        Assert.Null(aggregator.Add(new Dictionary<string, object?>(), 1));
        Assert.Null(aggregator.Flush());
    }

    [Fact]
    public void An_update_of_functions_leaves_the_default_as_it_is()
    {
        var aggregator = new MetricAggregator(defaultFunction: Aggregations.Min);
        aggregator.Update(new Dictionary<string, AggregationFunction> { ["b"] = Aggregations.Sum });
        aggregator.Add(Of("a", 1), 0);
        aggregator.Add(Of("a", 3), 0);

        Assert.Equal([new Metric("a", 1)], aggregator.Flush()!.Metrics.ToArray());
    }

    [Fact]
    public void Names_come_in_the_order_in_which_they_were_first_seen()
    {
        var aggregator = new MetricAggregator();
        aggregator.Add(new Dictionary<string, object?> { ["z"] = 1, ["m"] = null, ["b"] = 1 }, 0);
        aggregator.Add(new Dictionary<string, object?> { ["a"] = 1, ["m"] = 1, ["z"] = 1 }, 0);

        Assert.Equal(["z", "m", "b", "a"], aggregator.Flush()!.Metrics.ToArray().Select(metric => metric.Name));
    }

    [Fact]
    public void Nested_metrics_are_flat_and_their_functions_are_named_by_the_path()
    {
        var aggregator = new MetricAggregator(new Dictionary<string, AggregationFunction> { ["d/e/x"] = Aggregations.Max });
        for (var i = 1; i <= 3; i++)
        {
            var inner = new Dictionary<string, object?> { ["e"] = new Dictionary<string, double> { ["x"] = i, ["y"] = i } };
            aggregator.Add(new Dictionary<string, object?> { ["d"] = inner }, 0);
        }

        Assert.Equal([new Metric("d/e/x", 3), new Metric("d/e/y", 2)], aggregator.Flush()!.Metrics.ToArray());
    }

    [Fact]
    public void Nested_dictionaries_may_be_of_any_kind()
    {
        var metrics = new Dictionary<string, object?>
        {
            ["int"] = new Dictionary<string, int> { ["x"] = 1 },
            ["float"] = new SortedDictionary<string, float?> { ["x"] = 2, ["y"] = null },
            ["double"] = new Dictionary<string, double> { ["x"] = 3 },
        };
        var aggregator = new MetricAggregator();
        aggregator.Add(metrics, 0);
        Assert.Equal([new Metric("int/x", 1), new Metric("float/x", 2), new Metric("double/x", 3)], aggregator.Flush()!.Metrics.ToArray());

        var merged = MetricAggregator.MergeDictionaries([metrics, metrics], defaultFunction: Aggregations.Sum);
        Assert.Equal(2.0, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(merged["int"])["x"]);
    }

    [Fact]
    public void A_dictionary_that_contains_itself_cannot_be_merged()
    {
        var circle = new Dictionary<string, object?>();
        circle["again"] = circle;

        var failure = Assert.Throws<ArgumentException>(() => MetricAggregator.MergeDictionaries([circle]));
        Assert.Contains("or contains itself", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_number_is_taken()
    {
        object[] numbers = [1, 1L, 1f, 1.0, 1m, (short)1, (byte)1, (sbyte)1, (ushort)1, 1u, 1ul, (Half)1, true];
        var aggregator = new MetricAggregator(defaultFunction: Aggregations.Sum);
        foreach (var number in numbers)
        {
            aggregator.Add(Of("a", number), 0);
        }

        Assert.Equal(numbers.Length, aggregator.Flush()!.Metrics.Span[0].Value);
    }

    [Fact]
    public void What_is_no_number_is_refused_by_name_and_nothing_of_the_call_is_taken()
    {
        var aggregator = new MetricAggregator();
        var refusal = Assert.Throws<ArgumentException>(() =>
            aggregator.Add(new Dictionary<string, object?> { ["a"] = 1, ["d"] = new Dictionary<string, object?> { ["x"] = "0.5" } }, 0));

        Assert.Contains("'d/x'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", refusal.Message, StringComparison.Ordinal);
        Assert.Null(aggregator.Flush());
    }

    [Fact]
    public void Metrics_that_contain_themselves_are_refused()
    {
        var metrics = new Dictionary<string, object?>();
        metrics["self"] = metrics;
        Assert.Throws<ArgumentException>(() => new MetricAggregator().Add(metrics, 0));
    }

    [Fact]
    public void A_null_function_is_refused_before_anything_changes()
    {
        var aggregator = new MetricAggregator();
        Assert.Throws<ArgumentException>(() =>
            aggregator.Update(new Dictionary<string, AggregationFunction> { ["a"] = Aggregations.Max, ["b"] = null! }, Aggregations.Max));
        aggregator.Add(Of("a", 1), 0);
        aggregator.Add(Of("a", 3), 0);
        Assert.Equal(2, aggregator.Flush()!.Metrics.Span[0].Value);
    }

    [Fact]
    public void Nothing_is_lost_between_threads()
    {
        var aggregator = new MetricAggregator(defaultFunction: Aggregations.Sum);
        var total = 0.0;
        var gate = new Lock();
        Parallel.For(0, 1000, i =>
        {
            var earlier = aggregator.Add(Of("a", 1), i % 7);
            lock (gate)
            {
                total += earlier?.Metrics.Span[0].Value ?? 0;
            }
        });

        Assert.Equal(1000, total + aggregator.Flush()!.Metrics.Span[0].Value);
    }

    private static Dictionary<string, object?> Of(string name, object value) => new() { [name] = value };
}
