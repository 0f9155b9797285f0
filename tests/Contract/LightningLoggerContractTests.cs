using System.Globalization;
using Xunit;

namespace PluginLoggers.Contract;

/// <summary>
/// What every backend promises. Inherit it in the tests of yours, and say how to create a logger and how to read its output.
/// </summary>
/// <remarks>
/// <para>A test that does not fit a backend can be overridden there, with its reason. What an output keeps differently (values as
/// <see cref="float"/>, names mapped to what a server takes) is said by <see cref="Expected(double)"/> and <see cref="ExpectedName"/>; what
/// it does not keep at all is not asked for, and where a whole test depends on it, that test is shown as skipped.</para>
/// <para>The output may also be a server: then the run is known by <see cref="LoggerContext.RunId"/>, and tests about files have nothing to
/// find.</para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class MyLoggerContractTests : LightningLoggerContractTests {
///     protected override ILightningLogger Create(LoggerContext context) =&gt; new MyPlugin().Create(new MyOptions(), context);
///
///     protected override IReadOnlyList&lt;RecordedPoint&gt; ReadMetrics(LoggerContext context) =&gt; MyFile.Read(context.OutputDirectory);
/// }
/// </code>
/// </example>
public abstract partial class LightningLoggerContractTests : IDisposable
{
    private readonly OutputFolder _folder = new();
    private readonly SettableTime _time = new();
    private readonly List<string> _reports = [];
    private readonly List<string> _outputs = [];

    /// <summary>What the loggers reported to the user so far.</summary>
    protected IReadOnlyList<string> Reports => _reports;

    /// <summary>How precisely the output keeps times; one millisecond, unless overridden.</summary>
    protected virtual TimeSpan TimeResolution => TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a logger, as the plug-in does.</summary>
    /// <param name="context">The run.</param>
    protected abstract ILightningLogger Create(LoggerContext context);

    /// <summary>Reads the metrics of a run back from the output, in any order; none where there is no output yet.</summary>
    /// <param name="context">The run.</param>
    protected abstract IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context);

    /// <summary>Reads the hyperparameters back, each value as invariant text; null if the output cannot be asked for them.</summary>
    /// <param name="context">The run.</param>
    protected virtual IReadOnlyDictionary<string, string?>? ReadHyperparams(LoggerContext context) => null;

    /// <summary>Reads the status back; null if the output keeps none, or cannot be asked for it.</summary>
    /// <param name="context">The run.</param>
    protected virtual RunStatus? ReadStatus(LoggerContext context) => null;

    /// <summary>What the output holds of a value: the value itself, unless overridden.</summary>
    /// <param name="value">The value that was logged.</param>
    protected virtual double Expected(double value) => value;

    /// <summary>What the output calls a metric: its own name, unless overridden.</summary>
    /// <param name="name">The name that was logged.</param>
    protected virtual string ExpectedName(string name) => name;

    /// <summary>Releases what the test holds.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    /// <summary>A run that did not exist before. Nothing of it exists yet, its folder included.</summary>
    private LoggerContext NewRun()
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"version_{_outputs.Count}");
        _outputs.Add(Path.Combine(_folder.SaveDir, "experiment", version, "contract"));
        return new LoggerContext
        {
            Key = "contract",
            OutputDirectory = _outputs[^1],
            RunName = "experiment",
            RunVersion = version,
            SaveDir = _folder.SaveDir,
            StartTime = _time.Now,
            Time = _time,
            Reporter = _reports.Add,
        };
    }

    /// <summary>The same run for the next instance, which begins where the bookmark says.</summary>
    private static LoggerContext Again(LoggerContext run, string? bookmark, Action<string>? reporter = null) => new()
    {
        Key = run.Key,
        OutputDirectory = run.OutputDirectory,
        RunName = run.RunName,
        RunVersion = run.RunVersion,
        RunId = run.RunId,
        ParentRunId = run.ParentRunId,
        SaveDir = run.SaveDir,
        Tags = run.Tags,
        StartTime = run.StartTime,
        Time = run.Time,
        Reporter = reporter ?? run.Report,
        Bookmark = bookmark,
    };

    private static DateTimeOffset At(int second) =>
        new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero).AddSeconds(second).AddMilliseconds(250);

    /// <summary>Logs as a host does: while a call is delivered, the clock shows when it was made.</summary>
    private void Deliver(ILightningLogger logger, params ReadOnlySpan<MetricsCall> calls)
    {
        foreach (var call in calls)
        {
            _time.Now = At(call.Second);
            logger.LogMetrics(call.Metrics, call.Step);
        }
    }

    /// <summary>Logs all calls, saves, and disposes.</summary>
    private async Task DeliverAll(LoggerContext run, params MetricsCall[] calls)
    {
        await using var logger = Create(run);
        Deliver(logger, calls);
        await logger.SaveAsync();
    }

    /// <summary>Asserts that the output holds each value of the calls once, and nothing else.</summary>
    private void AssertHolds(LoggerContext run, params IEnumerable<MetricsCall> calls)
    {
        var found = ReadMetrics(run);
        var hasTimes = found.Count > 0 && found.All(point => point.Time is not null);
        var expected = calls.SelectMany(call => call.Metrics.Select(metric =>
            Line(new RecordedPoint(ExpectedName(metric.Name), call.Step, Expected(metric.Value), hasTimes ? At(call.Second) : null))));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(Line).Order(StringComparer.Ordinal));
    }

    /// <summary>A point as a line that tells every two doubles apart, -0.0 and 0.0 too.</summary>
    private string Line(RecordedPoint point)
    {
        var ticks = point.Time is { } time ? Math.Round((time - DateTimeOffset.UnixEpoch) / TimeResolution) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{point.Name} [{point.Step}] = {point.Value:R} at {ticks}");
    }

    /// <summary>The bookmark after a save; the test is skipped for a backend that offers none.</summary>
    private static string Bookmark(ILightningLogger logger)
    {
        if (logger.Bookmark is null)
        {
            Skip.Because("This backend offers no bookmark: what it is given again after a crash, it may hold twice.");
        }

        return logger.Bookmark;
    }
}
