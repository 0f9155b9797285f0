using System.Globalization;
using PluginLoggers.Hosting.Tests.Logging;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>Plug-ins of third parties, loaded from a folder, that fail in their own ways in a process that is killed.</summary>
public sealed class ThirdPartyTests
{
    [Fact]
    public async Task A_killed_process_costs_plug_ins_that_fail_hang_or_know_nothing_of_bookmarks_nothing()
    {
        using var site = new CrashSite("""
            "csv": { "Type": "Csv" },
            "plain": { "Type": "Misbehaving", "Options": { "Bookmarks": false, "Throw": [ "LogMetrics", "SaveAsync" ], "ThrowTimes": 2 } },
            "down": { "Type": "Misbehaving", "Options": { "Throw": [ "SaveAsync" ] } },
            "hangs": { "Type": "Misbehaving", "Options": { "Hang": [ "LogMetrics" ], "Signal": "never" } }
            """);
        var safe = 0;
        for (var kills = 0; kills < 3; kills++)
        {
            using var process = LoggingProcess.Start(site.Configuration, "endless", 50);
            for (var saves = 0; saves < 20; saves++)
            {
                var saved = int.Parse((await process.ReadLineAsync())!, CultureInfo.InvariantCulture);
                safe += saves == 19 ? saved : 0;
            }

            await process.KillAsync();
        }

        var loggers = """ "csv": { "Type": "Csv" }, "plain": { "Type": "Misbehaving", "Options": { "Bookmarks": false } }, """
            + """ "down": { "Type": "Misbehaving" }, "hangs": { "Type": "Misbehaving" } """;
        await site.Lab.DeliverAsync(loggers);

        var steps = File.ReadLines(site.Lab.File("version_0", "metrics.csv")).Skip(1).Select(row => row.Split(',')[1]).ToList();
        Assert.Equal(Enumerable.Range(0, steps.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)), steps);
        Assert.InRange(steps.Count, safe, int.MaxValue);
        Assert.Equal(steps, Steps(site, "down"));
        Assert.Equal(steps, Steps(site, "hangs"));
        Assert.Equal(steps, Steps(site, "plain").Distinct());
    }

    private static IEnumerable<string> Steps(CrashSite site, string key) =>
        site.Lab.Lines(key).Where(line => line.Contains(" loss ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);
}
