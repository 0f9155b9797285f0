using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class HparamsSessionTests
{
    private static readonly Dictionary<string, object?> Hyperparams = new() { ["lr"] = 0.1, ["layers"] = 3L };

    [Theory]
    [InlineData(RunStatus.Finished, (int)Status.Success)]
    [InlineData(RunStatus.Failed, (int)Status.Failure)]
    public async Task The_end_of_a_run_is_the_end_of_its_session(RunStatus status, int expected)
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogHyperparams(Hyperparams, step: 0);
        run.Time.Advance(TimeSpan.FromMinutes(1));
        await logger.FinalizeAsync(status);

        var end = Sessions(run, "_hparams_/session_end_info").Single().SessionEndInfo;
        Assert.Equal(expected, (int)end.Status);
        Assert.Equal(1_700_000_060, end.EndTimeSecs);
        Assert.Equal(1_700_000_000, Sessions(run, "_hparams_/session_start_info").Single().SessionStartInfo.StartTimeSecs);
    }

    [Theory]
    [InlineData(RunStatus.Killed)]
    [InlineData(RunStatus.Running)]
    public async Task A_run_that_was_killed_stays_open_and_can_be_finished_when_it_is_resumed(RunStatus status)
    {
        using var run = new TestRun();
        string? bookmark;
        await using (var killed = run.Create())
        {
            killed.LogHyperparams(Hyperparams, step: 0);
            await killed.FinalizeAsync(status);
            Assert.Empty(Sessions(run, "_hparams_/session_end_info"));
            bookmark = killed.Bookmark;
        }

        await using var resumed = run.Create(bookmark);
        await resumed.FinalizeAsync(RunStatus.Running);
        await resumed.FinalizeAsync(RunStatus.Finished);
        Assert.Equal(Status.Success, Sessions(run, "_hparams_/session_end_info").Single().SessionEndInfo.Status);
    }

    [Fact]
    public async Task An_end_is_written_once_and_another_one_later_is_told()
    {
        using var run = new TestRun();
        string? bookmark;
        await using (var first = run.Create())
        {
            first.LogHyperparams(Hyperparams, step: 0);
            await first.FinalizeAsync(RunStatus.Failed);
            await first.FinalizeAsync(RunStatus.Failed);
            Assert.Empty(run.Told);
            bookmark = first.Bookmark;
        }

        await using var second = run.Create(bookmark);
        await second.FinalizeAsync(RunStatus.Running);
        await second.FinalizeAsync(RunStatus.Finished);

        Assert.Equal(Status.Failure, Sessions(run, "_hparams_/session_end_info").Single().SessionEndInfo.Status);
        Assert.Contains("Failed", Assert.Single(run.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_hyperparameters_has_no_session()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogHyperparams(new Dictionary<string, object?>(), new Dictionary<string, double> { ["acc"] = 1 }, step: 0);
        await logger.FinalizeAsync(RunStatus.Finished);

        Assert.Equal("acc", Assert.Single(run.Logged).Value.Tag);
    }

    [Fact]
    public async Task Without_hyperparameters_there_is_no_placeholder()
    {
        using var run = new TestRun();

        Assert.Empty(await run.LogAsync(logger => logger.LogHyperparams(new Dictionary<string, object?>(), step: 0)));
    }

    [Fact]
    public async Task The_placeholder_does_not_overwrite_what_was_logged_since()
    {
        using var run = new TestRun();
        var written = await run.LogAsync(logger =>
        {
            logger.LogHyperparams(Hyperparams, step: 0);
            logger.LogMetric("hp_metric", 0.75, 10);
            logger.LogHyperparams(Hyperparams, step: 11);
        });

        Assert.Equal([-1, 0.75f], written.Where(record => record.Value.Tag == "hp_metric").Select(record => record.Value.SimpleValue));
    }

    [Fact]
    public async Task The_same_hyperparameters_again_change_nothing_even_after_a_restart()
    {
        using var run = new TestRun();
        string? bookmark;
        await using (var first = run.Create())
        {
            first.LogHyperparams(Hyperparams, step: 0);
            await first.SaveAsync();
            bookmark = first.Bookmark;
        }

        var before = run.Records.Count;
        await using var second = run.Create(bookmark);
        second.LogHyperparams(new Dictionary<string, object?>(Hyperparams.Reverse()), step: 5);
        await second.SaveAsync();

        Assert.Equal(before, run.Records.Count);
        Assert.Empty(run.Told);
    }

    [Fact]
    public async Task Other_hyperparameters_later_are_told_and_their_metrics_are_kept()
    {
        using var run = new TestRun();
        await using var logger = run.Create();
        logger.LogHyperparams(Hyperparams, new Dictionary<string, double> { ["acc"] = 0.25 }, step: 0);
        logger.LogHyperparams(new Dictionary<string, object?> { ["lr"] = 0.2 }, new Dictionary<string, double> { ["acc"] = 0.5 }, step: 1);
        await logger.SaveAsync();

        Assert.Single(Sessions(run, "_hparams_/session_start_info"));
        Assert.Equal([0.25f, 0.5f], run.Logged.Where(record => record.Value.Tag == "acc").Select(record => record.Value.SimpleValue));
        Assert.Contains("HPARAMS", Assert.Single(run.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_value_is_of_a_type_that_the_tab_can_show()
    {
        using var run = new TestRun();
        await run.LogAsync(logger => logger.LogHyperparams(
            new Dictionary<string, object?>
            {
                ["bool"] = false,
                ["long"] = 42L,
                ["seed"] = long.MaxValue,
                ["double"] = -0.5,
                ["nan"] = double.NaN,
                ["inf"] = double.NegativeInfinity,
                ["null"] = null,
                ["text"] = "a\ud800b",
                ["empty"] = "",
                ["half \udc00"] = 1L,
            },
            step: 0));

        var hparams = Sessions(run, "_hparams_/session_start_info").Single().SessionStartInfo.Hparams;
        Assert.True(hparams["bool"] is { HasBoolValue: true, BoolValue: false });
        Assert.Equal(42, hparams["long"].NumberValue);
        Assert.Equal("9223372036854775807", hparams["seed"].StringValue);
        Assert.Equal(-0.5, hparams["double"].NumberValue);
        Assert.Equal("NaN", hparams["nan"].StringValue);
        Assert.Equal("-Infinity", hparams["inf"].StringValue);
        Assert.Equal("None", hparams["null"].StringValue);
        Assert.Equal("a\ufffdb", hparams["text"].StringValue);
        Assert.Equal("", hparams["empty"].StringValue);
        Assert.Equal(1, hparams["half \ufffd"].NumberValue);

        var types = Sessions(run, "_hparams_/experiment").Single().Experiment.HparamInfos.ToDictionary(
            info => info.Name, info => info.Type);
        Assert.Equal(hparams.Keys, types.Keys);
        Assert.Equal(
            (HParamType.DataTypeBool, HParamType.DataTypeFloat64, HParamType.DataTypeString),
            (types["bool"], types["long"], types["seed"]));
    }

    [Fact]
    public async Task The_metrics_of_the_comparison_bear_the_names_under_which_they_are_logged()
    {
        using var run = new TestRun { Options = new TensorBoardOptions { Prefix = "pre" } };
        await run.LogAsync(logger => logger.LogHyperparams(Hyperparams, new Dictionary<string, double> { ["acc"] = 0.5 }, step: 3));

        Assert.Equal("pre-acc", Sessions(run, "_hparams_/experiment").Single().Experiment.MetricInfos.Single().Name.Tag);
        Assert.Equal("pre-acc", run.Logged[0].Value.Tag);
        Assert.Equal(3, run.Logged[0].Event.Step);
    }

    private static IReadOnlyList<HParamsPluginData> Sessions(TestRun run, string tag) =>
    [
        .. run.Logged.Where(record => record.Value.Tag == tag).Select(
            record => HParamsPluginData.Parser.ParseFrom(record.Value.Metadata.PluginData.Content)),
    ];
}
