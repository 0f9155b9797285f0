using System.Globalization;
using Xunit;

namespace PluginLoggers.Contract;

public abstract partial class LightningLoggerContractTests
{
    public static TheoryData<double> Values =>
    [
        0, -0.0, 1, -1, 0.1, 1.0 / 3, 1e-7, 123456789.125, 1e15, 1e16, 1e21, float.MaxValue, double.MaxValue, double.MinValue,
        double.Epsilon, -double.Epsilon, float.Epsilon, 2.2250738585072014e-308, 1e-310, double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, Math.PI, 9007199254740993,
    ];

    public static TheoryData<long> Steps =>
        [0, 1, -1, -1000, int.MaxValue, int.MaxValue + 1L, int.MinValue - 1L, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue];

    [Theory]
    [MemberData(nameof(Values))]
    public virtual Task A_value_is_kept_or_rejected(double value) => IsKeptOrRejected(MetricsCall.Of(1, "value", value));

    [Theory]
    [MemberData(nameof(Steps))]
    public virtual Task A_step_is_kept_or_rejected(long step) => IsKeptOrRejected(new MetricsCall(1, step, new Metric("value", 0.5)));

    /// <summary>
    /// The instance that rejects a call may have taken some of its metrics. It is disposed, and they are given to a new one, one by one.
    /// </summary>
    [Theory]
    [MemberData(nameof(Values))]
    public virtual async Task The_good_metrics_of_a_rejected_call_are_kept(double value)
    {
        var call = new MetricsCall(1, 1, new("good", 1), new("value", value), new("better", 2));
        var run = NewRun();
        string? bookmark;
        await using (var first = Create(run))
        {
            Deliver(first, Early);
            await first.SaveAsync();
            bookmark = first.Bookmark;
            if (Takes(first, call))
            {
                AssertHolds(run, await Saves(first) ? [.. Early, call] : Early);
                return;
            }
        }

        MetricsCall[] kept;
        await using (var second = Create(Again(run, bookmark)))
        {
            kept = [.. call.Metrics.Select(metric => call with { Metrics = [metric] }).Where(one => Takes(second, one))];
            await second.SaveAsync();
        }

        Assert.Equal(["good", "better"], kept.Select(one => one.Metrics[0].Name));
        AssertHolds(run, [.. Early, .. kept]);
    }

    [Fact]
    public virtual async Task Steps_may_fall_and_repeat()
    {
        long[] steps = [5, 3, 3, 10, 0, 5];
        MetricsCall[] calls = [.. steps.Select((step, i) => new MetricsCall(i, step, new Metric("loss", i)))];
        var run = NewRun();
        await DeliverAll(run, calls);
        AssertHolds(run, calls);
    }

    [Fact]
    public virtual async Task Ten_thousand_metrics_fit_into_one_call()
    {
        var call = new MetricsCall(0, 0, [.. Enumerable.Range(0, 10_000).Select(i => new Metric($"weights/{i}", i * 0.5))]);
        var run = NewRun();
        await DeliverAll(run, call);
        AssertHolds(run, call);
    }

    [Fact]
    public virtual async Task A_name_twice_in_one_call_is_kept_twice()
    {
        var call = new MetricsCall(0, 0, new("loss", 1), new("acc", 2), new("loss", 3));
        var run = NewRun();
        await DeliverAll(run, call);
        AssertHolds(run, call);
    }

    [Fact]
    public virtual async Task Names_may_appear_late()
    {
        MetricsCall[] calls =
            [.. Enumerable.Range(0, 30).Select(i => new MetricsCall(i, i, new Metric("loss", i), new Metric($"late/{i / 10}", -i)))];
        var run = NewRun();
        await using var logger = Create(run);
        foreach (var chunk in calls.Chunk(7))
        {
            Deliver(logger, chunk);
            await logger.SaveAsync();
        }

        AssertHolds(run, calls);
    }

    [Fact]
    public virtual async Task The_callers_array_may_be_reused_after_a_call()
    {
        var run = NewRun();
        await using var logger = Create(run);
        var reused = new Metric[1];
        for (var i = 0; i < 3; i++)
        {
            reused[0] = new Metric("loss", i);
            Deliver(logger, new MetricsCall(i, i, reused));
        }

        reused[0] = new Metric("wrong", 100);
        await logger.SaveAsync();
        AssertHolds(run, Enumerable.Range(0, 3).Select(i => MetricsCall.Of(i, "loss", i)));
    }

    [SkippableFact]
    public virtual async Task A_time_is_that_of_the_call_and_not_of_the_save()
    {
        var run = NewRun();
        await using var logger = Create(run);
        Deliver(logger, [MetricsCall.Of(0, "loss", 1), MetricsCall.Of(86_400, "loss", 2)]);
        _time.Now = At(1_000_000);
        await logger.SaveAsync();
        if (ReadMetrics(run).Any(point => point.Time is null))
        {
            Skip.Because("This backend keeps no times.");
        }

        AssertHolds(run, [MetricsCall.Of(0, "loss", 1), MetricsCall.Of(86_400, "loss", 2)]);
    }

    [Fact]
    public virtual async Task The_culture_changes_nothing()
    {
        MetricsCall[] calls = [MetricsCall.Of(0, "loss", 1234567.5), MetricsCall.Of(-1, "loss", -0.5), MetricsCall.Of(2, "loss", 1e-9)];
        var run = NewRun();
        await DeliverWithEverything(run);
        var expected = OutputFolder.Read(run.OutputDirectory);

        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "~" } };
        try
        {
            await DeliverWithEverything(Again(run, bookmark: null));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(expected, OutputFolder.Read(run.OutputDirectory));
        AssertHolds(run, calls);

        async Task DeliverWithEverything(LoggerContext context)
        {
            await using var logger = Create(context);
            Deliver(logger, calls);
            LogEverything(logger, metrics: false);
            await logger.SaveAsync();
            await logger.FinalizeAsync(RunStatus.Finished);
        }
    }

    /// <summary>
    /// A call with one metric among ordinary ones: it is there as it was given, or it is refused as a record that can never be taken.
    /// </summary>
    private async Task IsKeptOrRejected(MetricsCall call)
    {
        var run = NewRun();
        if (await Accepts(run, call))
        {
            AssertHolds(run, [MetricsCall.Of(0, "before", 1), call, MetricsCall.Of(2, "after", 2)]);
        }
        else
        {
            AssertHolds(run, [MetricsCall.Of(0, "before", 1), MetricsCall.Of(2, "after", 2)]);
        }
    }

    /// <summary>
    /// Delivers a call of one metric between two ordinary ones. One that is rejected is left out as a host does it: when it was logged, the
    /// instance has taken nothing of it and goes on; when it was saved, a new one goes on from the bookmark.
    /// </summary>
    private async Task<bool> Accepts(LoggerContext run, MetricsCall call)
    {
        var after = MetricsCall.Of(2, "after", 2);
        string? bookmark;
        bool isSaved;
        await using (var logger = Create(run))
        {
            Deliver(logger, MetricsCall.Of(0, "before", 1));
            await logger.SaveAsync();
            bookmark = logger.Bookmark;
            if (!Takes(logger, call))
            {
                Deliver(logger, after);
                await logger.SaveAsync();
                AssertNothingOutside();
                return false;
            }

            isSaved = await Saves(logger);
            bookmark = isSaved ? logger.Bookmark : bookmark;
        }

        await DeliverAll(Again(run, bookmark), after);
        AssertNothingOutside();
        return isSaved;
    }

    /// <summary>Logs a call; false if it is rejected.</summary>
    private bool Takes(ILightningLogger logger, MetricsCall call)
    {
        try
        {
            Deliver(logger, call);
            return true;
        }
        catch (LoggerRejectedException rejection)
        {
            Assert.False(string.IsNullOrWhiteSpace(rejection.Message));
            return false;
        }
    }

    /// <summary>Saves; false if what was logged is rejected now.</summary>
    private static async Task<bool> Saves(ILightningLogger logger)
    {
        try
        {
            await logger.SaveAsync();
            return true;
        }
        catch (LoggerRejectedException rejection)
        {
            Assert.False(string.IsNullOrWhiteSpace(rejection.Message));
            return false;
        }
    }

    private void AssertNothingOutside() => Assert.Empty(_folder.FilesOutside(_outputs));
}
