using System.Globalization;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.MLflow.Tests;

/// <summary>Traps of the real server whose requests were too long to be kept: batches that come again.</summary>
public sealed class CorruptionTests(StandInV2 fixture) : IClassFixture<StandInV2>
{
    [Theory]
    [InlineData("100 keys", true)]
    [InlineData("150 keys", false)]
    [InlineData("1000 steps of one key", true)]
    [InlineData("500 steps of one key, then of another", false)]
    [InlineData("500 steps of two keys in turn", true)]
    public void A_large_batch_that_comes_again_is_refused_unless_its_first_slices_hold_all_keys(string what, bool taken)
    {
        var batch = what switch
        {
            "100 keys" => Batch(100, i => (i, 0)),
            "150 keys" => Batch(150, i => (i, 0)),
            "1000 steps of one key" => Batch(1000, i => (0, i)),
            "500 steps of one key, then of another" => Batch(1000, i => (i / 500, i % 500)),
            _ => Batch(1000, i => (i % 2, i / 2)),
        };
        var run = Create();
        Assert.True(Log(run, batch));
        Assert.Equal(taken, Log(run, batch));
        Assert.Equal(batch.Split("\"key\"").Length - 1, run.Metrics.Count);
    }

    [Fact]
    public void The_part_of_a_refused_batch_that_is_missing_stays_missing_but_its_params_are_stored()
    {
        var run = Create();
        Assert.True(Log(run, Batch(120, i => (i, 0))));
        Assert.False(Log(run, Batch(150, i => (i, 0)) + ""","params":[{"key":"p","value":"1"}],"tags":[{"key":"t","value":"1"}]"""));
        Assert.Equal(120, run.Metrics.Count);
        Assert.Equal("1", run.Params["p"]);
        Assert.DoesNotContain("t", run.Tags.Keys);
    }

    [Fact]
    public void The_latest_value_is_that_of_the_largest_step_and_not_of_the_last_request()
    {
        var run = Create();
        Log(run, """ "metrics":[{"key":"x","value":5,"timestamp":100,"step":5}] """);
        Log(run, """ "metrics":[{"key":"x","value":1,"timestamp":200,"step":1}] """);
        var metric = fixture.Rest.Get($"runs/get?run_id={run.Id}")!.Value.GetProperty("run").GetProperty("data").GetProperty("metrics")[0];
        Assert.Equal(5, metric.GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData(ServerVersion.V2, 3)]
    [InlineData(ServerVersion.V3, 0)]
    public async Task Only_3x_gives_no_history_to_who_asks_for_no_number(ServerVersion version, int expected)
    {
        await using var server = await StandInServer.StartAsync(version);
        using var rest = new RestReader(server.Address);
        rest.Post("runs/create", """{"experiment_id":"0"}""");
        var id = server.Runs[0].Id;
        rest.Post("runs/log-batch", $$"""{"run_id":"{{id}}",{{Batch(3, i => (0, i))}}}""");
        var answer = rest.Get($"metrics/get-history?run_id={id}&metric_key=k0")!.Value;
        Assert.Equal(expected, answer.TryGetProperty("metrics", out var metrics) ? metrics.GetArrayLength() : 0);
        Assert.Equal(version == ServerVersion.V3, answer.TryGetProperty("next_page_token", out _));
        Assert.Equal(
            3, rest.Get($"metrics/get-history?run_id={id}&metric_key=k0&max_results=3")!.Value.GetProperty("metrics").GetArrayLength());
    }

    private StoredRun Create()
    {
        var id = fixture.Rest.Post("runs/create", """{"experiment_id":"0"}""")!.Value.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString();
        return fixture.Server.Runs.Single(run => run.Id == id);
    }

    private bool Log(StoredRun run, string lists) =>
        fixture.Rest.Post("runs/log-batch", $$"""{"run_id":"{{run.Id}}",{{lists}}}""") is not null;

    private static string Batch(int count, Func<int, (int Key, int Step)> at) =>
        "\"metrics\":[" + string.Join(',', Enumerable.Range(0, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"key":"k{{at(i).Key}}","value":{{i}},"timestamp":1,"step":{{at(i).Step}}}"""))) + "]";
}
