namespace PluginLoggers.MLflow.Tests;

/// <summary>What a server can hold arrives as it is; what it would change is told, once.</summary>
public abstract class LimitTests(ServerFixture server)
{
    [Fact]
    public async Task Numbers_arrive_as_the_server_can_hold_them_and_what_it_changes_is_told_once()
    {
        (string Name, double Sent, double Held)[] values =
        [
            ("nan", double.NaN, double.NaN),
            ("inf", double.PositiveInfinity, double.MaxValue),
            ("-inf", double.NegativeInfinity, double.MinValue),
            ("-0", -0.0, 0.0),
            ("1e308", 1e308, 1e308),
            ("max", double.MaxValue, double.MaxValue),
            ("least", double.Epsilon, double.Epsilon),
            ("subnormal", -1.2345e-310, -1.2345e-310),
            ("exact", 0.1 + 0.2, 0.1 + 0.2),
            ("whole", 9007199254740993.0, 9007199254740992.0),
        ];
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        for (var step = 0; step < 2; step++)
        {
            run.Log(logger, step, [.. values.Select(value => new Metric(value.Name, value.Sent))]);
            await logger.SaveAsync();
        }

        var held = Single(run).Points.Where(point => point.Step == 1).ToDictionary(point => point.Name, point => point.Value);
        Assert.All(values, value => Assert.Equal(value.Held, held[value.Name]));
        Assert.Single(run.Reports, report => report.Contains("infinite", StringComparison.Ordinal));
        Assert.Single(run.Reports, report => report.Contains("-0.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Steps_and_times_arrive_exactly()
    {
        long[] steps = [long.MinValue, -1, 0, 1, long.MaxValue];
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        run.Time.Now = TestRun.Start.AddMilliseconds(7);
        foreach (var step in steps)
        {
            logger.LogMetrics([new Metric("loss", 1)], step);
        }

        await logger.SaveAsync();
        var points = Single(run).Points;
        Assert.Equal(steps, points.Select(point => point.Step).Order());
        Assert.All(points, point => Assert.Equal(TestRun.Start.AddMilliseconds(7), point.Time));
    }

    [Fact]
    public async Task Names_arrive_as_they_are_or_mapped_one_to_one_which_is_told_once()
    {
        string[] taken = [new('n', 250), new('指', 250), "größe/ключ/指标", "a b", "a.b:c-d_e/f", "A", "a"];
        (string Name, string Mapped)[] refused =
        [
            ("a@b", "a_x0040_b"), ("a//b", "a/_x002F_b"), ("../x", "_x002E_./x"), ("[loss]", "_x005B_loss_x005D_"),
            ("a_x0040_b", "a_x005F_x0040_b"),
            ("/a", "_x002F_a"), ("a/", "a_x002F_"), ("😀", "_x0001F600_"),
        ];
        var run = new TestRun(server.Address);
        await using var logger = run.Create();
        string[] names = [.. taken, .. refused.Select(name => name.Name), new('@', 300), new string('@', 299) + "#"];
        for (var step = 0; step < 2; step++)
        {
            run.Log(logger, step, [.. names.Select((name, i) => new Metric(name, i))]);
            logger.LogHyperparams(names.ToDictionary(name => name, name => (object?)name.Length.ToString(null, null)));
            await logger.SaveAsync();
        }

        var view = Single(run);
        Assert.Equal(names.Length * 2, view.Points.Count);
        Assert.Equal(names.Length, view.Params.Count);
        Assert.Equal(names.Length, view.Points.Select(point => point.Name).Distinct().Count());
        Assert.All([.. taken.Select(name => (name, name)), .. refused], name =>
        {
            Assert.Equal(Array.IndexOf(names, name.Item1), view.Points.First(point => point.Name == name.Item2).Value);
            Assert.Equal($"{name.Item1.Length}", view.Params[name.Item2]);
        });
        Assert.All(refused, name =>
            Assert.Single(run.Reports,
                report => report.Contains($"metric '{name.Name}' is called '{name.Mapped}'", StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Reports, report => report.Contains("größe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_param_is_cut_visibly_and_whole_beside_it_and_a_long_tag_is_cut_visibly()
    {
        var limit = new string('指', 6000);
        var run = new TestRun(server.Address);
        await using var logger = run.Create(options: new MLflowOptions
        {
            TrackingUri = server.Address,
            ExperimentName = run.Experiment,
            Tags = { ["long"] = new string('t', 8001) },
        });
        logger.LogHyperparams(new Dictionary<string, object?> { ["fits"] = limit, ["long"] = limit + "y" });
        await logger.SaveAsync();

        var view = Single(run);
        Assert.Equal(limit, view.Params["fits"]);
        Assert.EndsWith("... [cut: 6001 characters]", view.Params["long"], StringComparison.Ordinal);
        Assert.EndsWith("... [cut: 8001 characters]", view.Tags["long"], StringComparison.Ordinal);
        Assert.Equal(limit + "y", await server.Rest.DownloadAsync(view, "params/long.txt"));
        Assert.Single(run.Reports,
            report => report.Contains("'long'", StringComparison.Ordinal) && report.Contains("6000", StringComparison.Ordinal));
    }

    private RunView Single(TestRun run) => Assert.Single(server.Find(run.Experiment, run.Context));
}

public sealed class LimitTestsOfV2(StandInV2 server) : LimitTests(server), IClassFixture<StandInV2>;

public sealed class LimitTestsOfV3(StandInV3 server) : LimitTests(server), IClassFixture<StandInV3>;
