using System.Globalization;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Tests.Logging;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>
/// A process that logs as fast as it can is killed at random moments; what its journals hold is everywhere, each point once.
/// </summary>
public sealed class KillTests
{
    private const string Files = """ "csv": { "Type": "Csv" }, "tensorboard": { "Type": "TensorBoard" } """;

    private readonly Random _random = new(20240229);
    private LoggingProcess? _process;
    private int _requestsLeft;

    /// <summary>8 kills; as many as <c>PLUGINLOGGERS_KILLS</c> says, such as 200, or <c>all</c> for these.</summary>
    [Fact]
    public async Task Every_backend_holds_exactly_what_the_journals_hold()
    {
        var kills = Environment.GetEnvironmentVariable("PLUGINLOGGERS_KILLS") switch
        {
            null => 8,
            "all" => 200,
            var number => int.Parse(number, CultureInfo.InvariantCulture),
        };
        await using var server = await StandInServer.StartAsync(ServerVersion.V3, seen: _ => KillAtRequest());
        var loggers = Files + $$""", "mlflow": { "Type": "MLflow", "Options": { "TrackingUri": "{{server.Address}}" } } """;
        using var site = new CrashSite(loggers);
        var configuration = CrashSite.Read(loggers);
        var safe = new Dictionary<int, int>();
        for (var kill = 0; kill < kills; kill++)
        {
            var saved = await LogAndKillAsync(site);
            var journal = new JournalFolder(site.Lab.File("version_0", ".pluginloggers")).Last;
            safe[journal] = Math.Max(saved, safe.GetValueOrDefault(journal));
            if (_random.Next(4) == 0)
            {
                await site.SynchronizeAsync(configuration);
            }
        }

        var run = (await site.SynchronizeAsync(configuration)).Run;
        var points = Journalled(site, safe);
        AssertSame(points, Csv(site), "metrics.csv");
        AssertSame(
            points.ConvertAll(point => point with { Value = (float)point.Value }),
            [.. EventFile.Scalars(site.Folder).Where(scalar => scalar.Tag == "loss").Select(scalar => new Point(scalar.Step, scalar.Value))],
            "the event file");
        AssertSame(
            points, [.. Assert.Single(server.Runs).Metrics.Select(row => new Point(row.Step, row.Value)).OrderBy(point => point.Step)], "MLflow");
        Assert.Equal((RunStatus.Killed, "KILLED"), (run.Status, server.Runs[0].Status));
        Assert.InRange(points.Count, kills, int.MaxValue);
        Assert.DoesNotContain(site.Lab.Told, told => told.Message.Contains("damaged", StringComparison.Ordinal));
    }

    /// <summary>
    /// What the journals hold, which are all that was logged without a gap, and at least what the process knew to be safe.
    /// </summary>
    private static List<Point> Journalled(CrashSite site, Dictionary<int, int> safe)
    {
        var points = new List<Point>();
        var counts = new Dictionary<int, int>();
        using var reader = new RunReader(new JournalFolder(site.Lab.File("version_0", ".pluginloggers")), JournalPosition.Start);
        while (reader.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Metrics)
            {
                var journal = reader.Position.Journal;
                var count = counts[journal] = counts.GetValueOrDefault(journal) + 1;
                Assert.Equal(points.Count, record.Step);
                Assert.Equal(count % 500 == 0 ? double.NaN : count - 1, record.Metrics[0].Value);
                points.Add(new Point(record.Step, record.Metrics[0].Value));
            }
        }

        Assert.All(safe, saved => Assert.InRange(counts.GetValueOrDefault(saved.Key), saved.Value, int.MaxValue));
        return points;
    }

    /// <summary>In the order of the file: two columns, loss and step.</summary>
    private static List<Point> Csv(CrashSite site) =>
    [
        .. File.ReadLines(site.Lab.File("version_0", "metrics.csv")).Skip(1).Select(row => row.Split(',')).Select(cells =>
            new Point(long.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[0], CultureInfo.InvariantCulture))),
    ];

    private static void AssertSame(List<Point> expected, List<Point> found, string where)
    {
        for (var i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            Assert.True(expected[i] == found[i], $"{where}: {found[i]} stands where {expected[i]} should.");
        }

        Assert.True(expected.Count == found.Count, $"{where}: {found.Count} points instead of {expected.Count}.");
    }

    /// <summary>
    /// Kills after some saves, somewhere before the next one, or when the server has stored a request and not answered it.
    /// </summary>
    /// <returns>How many calls the process knew to be safe.</returns>
    private async Task<int> LogAndKillAsync(CrashSite site)
    {
        using var process = LoggingProcess.Start(site.Configuration, "endless", _random.Next(1, 400));
        _process = process;
        var moment = _random.Next(3);
        var savesLeft = _random.Next(1, 25);
        Volatile.Write(ref _requestsLeft, moment == 2 ? _random.Next(1, 25) : 0);
        var saved = 0;
        for (string? line; (line = await process.ReadLineAsync()) is not null;)
        {
            saved = int.Parse(line, CultureInfo.InvariantCulture);
            if (moment != 2 && --savesLeft == 0)
            {
                Thread.SpinWait(moment == 0 ? 0 : _random.Next(1_000_000));
                process.Kill();
            }
        }

        Assert.NotEqual(0, await process.UntilEndAsync());
        _process = null;
        return saved;
    }

    private void KillAtRequest()
    {
        if (Interlocked.Decrement(ref _requestsLeft) == 0)
        {
            _process?.Kill();
        }
    }
}
