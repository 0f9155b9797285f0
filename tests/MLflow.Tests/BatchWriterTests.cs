using System.Text;
using System.Text.Json;

namespace PluginLoggers.MLflow.Tests;

public sealed class BatchWriterTests
{
    [Fact]
    public void Numbers_that_JSON_has_not_are_quoted_and_all_others_are_exact()
    {
        using var writer = new BatchWriter();
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1, 1e-320, double.MaxValue, 123456789.12345679];
        var body = writer.WriteMetrics("r",
            [.. values.Select((value, i) => new MetricPoint(JsonEncodedText.Encode("m"), value, 1700000000000, i))], out var taken);

        Assert.Equal(values.Length, taken);
        Assert.StartsWith(
            """{"run_id":"r","metrics":[{"key":"m","value":"NaN","timestamp":1700000000000,"step":0},{"key":"m","value":"Infinity",""", Encoding.UTF8.GetString(body.Span), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body);
        var read = json.RootElement.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("value")).ToArray();
        Assert.Equal("-Infinity", read[2].GetString());
        Assert.Equal(values[3..], read[3..].Select(value => value.GetDouble()));
    }

    [Theory]
    [InlineData("n", 1000)]
    [InlineData("指", 1000)]
    public void A_batch_of_metrics_has_at_most_1000_of_them_and_a_million_bytes(string letter, int atMost)
    {
        using var writer = new BatchWriter();
        var key = JsonEncodedText.Encode(string.Concat(Enumerable.Repeat(letter, 250)));
        var points = Enumerable.Repeat(new MetricPoint(key, -1.2345678901234567e-300, 1700000000000, long.MinValue), 2000).ToArray();
        for (var at = 0; at < points.Length;)
        {
            var body = writer.WriteMetrics("r", points.AsSpan(at), out var taken);
            Assert.InRange(taken, 1, atMost);
            Assert.InRange(body.Length, 1, 1_000_000);
            at += taken;
        }
    }

    [Fact]
    public void A_batch_of_params_has_at_most_100_of_them_and_a_million_bytes()
    {
        using var writer = new BatchWriter();
        KeyValue[] pairs = [.. Enumerable.Range(0, 150).Select(i => new KeyValue($"p{i}", new string(i % 2 == 0 ? '\u0001' : '指', 8000)))];
        for (var at = 0; at < pairs.Length;)
        {
            var body = writer.WritePairs("r", "params", pairs.AsSpan(at), out var taken);
            Assert.InRange(taken, 1, 100);
            Assert.InRange(body.Length, 1, 1_000_000);
            using var json = JsonDocument.Parse(body);
            Assert.Equal(pairs[at].Value, json.RootElement.GetProperty("params")[0].GetProperty("value").GetString());
            at += taken;
        }

        writer.WritePairs("r", "params", [.. Enumerable.Repeat(new KeyValue("k", "v"), 101)], out var full);
        Assert.Equal(100, full);
    }
}
