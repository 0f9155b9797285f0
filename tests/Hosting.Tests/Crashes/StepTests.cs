using System.Globalization;
using PluginLoggers.Hosting.Tests.Logging;
using PluginLoggers.MLflow.StandIn;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>
/// A process ends between any two system calls that change a file, and what it leaves behind is made good: each point once, byte for
/// byte.
/// </summary>
public sealed class StepTests : IAsyncLifetime
{
    private DeliveredRun _run = null!;

    public async Task InitializeAsync() => _run = await DeliveredRun.CreateAsync();

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [DebugFact]
    public async Task A_delivery_that_ends_between_any_two_calls_goes_on_as_if_it_had_not()
    {
        using var copies = new Lab();
        using var delivered = _run.Undelivered();
        using (var process = LoggingProcess.Start(delivered.Configuration, "sync-copied", 0, copies.SaveDir))
        {
            Assert.Equal(0, await process.UntilEndAsync());
        }

        AssertIsWhole(delivered);
        var configuration = CrashSite.Read(DeliveredRun.Loggers(null));
        var crashes = Directory.GetDirectories(copies.SaveDir, "*-*").Order(StringComparer.Ordinal).ToList();
        Assert.InRange(crashes.Count, 50, 1000);
        foreach (var crash in crashes)
        {
            using var site = new CrashSite(DeliveredRun.Loggers(null));
            site.Take(crash, _ => true);
            await site.SynchronizeAsync(configuration);
            AssertIsWhole(site, Path.GetFileName(crash));
        }
    }

    /// <summary>Every place with <c>PLUGINLOGGERS_KILLS=all</c>, a few otherwise.</summary>
    [DebugFact]
    public async Task A_process_that_is_killed_between_two_calls_doubles_nothing_anywhere()
    {
        var (calls, requests) = await CountAsync();
        foreach (var call in Some(calls))
        {
            await using var server = await StandInServer.StartAsync(ServerVersion.V3);
            using var site = _run.Undelivered(server);
            using var process = LoggingProcess.Start(site.Configuration, "sync", call);
            Assert.NotEqual(0, await process.UntilEndAsync());
            await AssertIsWholeAsync(site, server, $"killed before call {call}");
        }

        foreach (var request in Some(requests))
        {
            LoggingProcess? process = null;
            var left = request;
            await using var server = await StandInServer.StartAsync(ServerVersion.V3, seen: _ =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    process!.Kill();
                }
            });
            using var site = _run.Undelivered(server);
            using (process = LoggingProcess.Start(site.Configuration, "sync", 0))
            {
                Assert.NotEqual(0, await process.UntilEndAsync());
                await AssertIsWholeAsync(site, server, $"killed when request {request} was stored and not answered");
            }
        }
    }

    [DebugFact]
    public async Task A_run_that_ends_between_any_two_calls_of_its_life_holds_what_was_safe_and_ends_alike_everywhere()
    {
        using var copies = new Lab();
        using var logged = new CrashSite(DeliveredRun.Loggers(null));
        using (var process = LoggingProcess.Start(logged.Configuration, "run-copied", 3, copies.SaveDir))
        {
            Assert.Equal(0, await process.UntilEndAsync());
        }

        var configuration = CrashSite.Read(DeliveredRun.Loggers(null));
        foreach (var crash in Directory.GetDirectories(copies.SaveDir, "*-*").Order(StringComparer.Ordinal))
        {
            using var site = new CrashSite(DeliveredRun.Loggers(null));
            site.Take(crash, _ => true);
            var safe = int.Parse(crash.Split('-')[^1], CultureInfo.InvariantCulture);
            if (!File.Exists(site.Lab.State("run.json")))
            {
                Assert.Equal(0, safe);
                continue;
            }

            var status = (await site.SynchronizeAsync(configuration)).Run.Status;
            if (!Directory.Exists(Path.Combine(site.Folder, "picky")))
            {
                Assert.Equal(0, safe);
                continue;
            }

            var lines = site.Lab.Lines("picky");
            var values = lines.Where(line => line.Contains(" loss ", StringComparison.Ordinal)).ToList();
            Assert.Equal(values.Select((_, i) => $"{i} loss {i % 3}"), values);
            Assert.True(values.Count >= safe, $"{Path.GetFileName(crash)}: {string.Join(' ', lines)}");
            Assert.True(lines[^1] == status.ToString(), $"{Path.GetFileName(crash)}: {status} in run.json, {string.Join(' ', lines)}");
            Assert.Equal(values.Count, EventFile.Scalars(site.Folder).Count(scalar => scalar.Tag == "loss"));
            var rows = site.Lab.File("version_0", "metrics.csv");
            Assert.Equal(values.Count, File.Exists(rows) ? File.ReadLines(rows).Count() - 1 : 0);
        }
    }

    private static IEnumerable<int> Some(int count)
    {
        if (Environment.GetEnvironmentVariable("PLUGINLOGGERS_KILLS") == "all")
        {
            return Enumerable.Range(1, count);
        }

        var random = new Random(count);
        return [random.Next(1, 1 + (count / 2)), random.Next(1 + (count / 2), count + 1)];
    }

    /// <summary>How many calls and requests a delivery takes that nothing disturbs.</summary>
    private async Task<(int Calls, int Requests)> CountAsync()
    {
        await using var server = await StandInServer.StartAsync(ServerVersion.V3);
        using var site = _run.Undelivered(server);
        using var process = LoggingProcess.Start(site.Configuration, "sync", 0);
        var calls = int.Parse((await process.ReadLineAsync())!, CultureInfo.InvariantCulture);
        Assert.Equal(0, await process.UntilEndAsync());
        await AssertIsWholeAsync(site, server, "undisturbed");
        return (calls, server.Arrivals.Count);
    }

    private async Task AssertIsWholeAsync(CrashSite site, StandInServer server, string crash)
    {
        await site.SynchronizeAsync();
        AssertIsWhole(site, crash);
        Assert.Equal(_run.OnServer, ServerContent.Of(server));
    }

    private void AssertIsWhole(CrashSite site, string crash = "undisturbed")
    {
        var (expected, found) = (CrashSite.Output(_run.Folder), CrashSite.Output(site.Folder));
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(
            expected,
            file => Assert.True(file.Value == found[file.Key], $"{crash}: {file.Key} is\n{found[file.Key]}\nand not\n{file.Value}"));
        Assert.Equal(3, site.DeadLetters("picky").Length);
        Assert.Equal(3, site.DeadLetters("picky").Distinct().Count());
        Assert.DoesNotContain(site.Lab.Told, told => told.Message.Contains("anew", StringComparison.Ordinal));
    }
}
