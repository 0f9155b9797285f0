using System.Text.Json;
using System.Text.Json.Nodes;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests;

/// <summary>Loggers that join a run of the command while another program feeds it.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_plugin_that_is_dropped_in_and_a_logger_that_is_added_during_a_run_get_all_of_it()
    {
        var plugins = Directory.CreateDirectory(_workspace.At("dropped")).FullName;
        Configure(plugins, new() { ["csv"] = new JsonObject { ["Type"] = "Csv" } });
        using var log = CliProcess.Start(_workspace.Folder, null, "log", "-");
        await log.Input.WriteAsync("{\"loss\":0.5}\n");
        await log.Input.FlushAsync();
        await log.ErrorLineAsync("pluginloggers: warning: csv: LightningLoggers:Loggers:csv:Type: found \"Csv\"");

        Copy(Path.Combine(AppContext.BaseDirectory, "plugins", "PluginLoggers.Csv"), Path.Combine(plugins, "PluginLoggers.Csv"));
        await log.ErrorLineAsync("pluginloggers: test/version_0 csv: joins the run");
        await log.Input.WriteAsync("{\"loss\":0.25}\n");
        await log.Input.FlushAsync();

        _workspace.Write("appsettings.json", "{ broken");
        await log.ErrorLineAsync("pluginloggers: warning: Failed to load configuration");
        Configure(plugins, new()
        {
            ["csv"] = new JsonObject { ["Type"] = "Csv" },
            ["late"] = new JsonObject { ["Type"] = "Csv", ["Options"] = new JsonObject { ["Layout"] = "Tidy" } },
        });
        await log.ErrorLineAsync("pluginloggers: test/version_0 late: joins the run");
        await log.Input.WriteAsync("{\"loss\":0.125}\n");
        log.Input.Close();
        var result = await log.ExitAsync();

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.DoesNotContain("LineNumber", result.Error, StringComparison.Ordinal);
        Assert.Equal(["0,0.5", "1,0.25", "2,0.125"], _workspace.CsvRows("step", "loss"));
        Assert.Equal(
            ["step,name,value", "0,loss,0.5", "1,loss,0.25", "2,loss,0.125"],
            File.ReadAllLines(Path.Combine(_workspace.RunFolder, "late", "metrics.csv")));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private void Configure(string plugins, JsonObject loggers) => _workspace.Write("appsettings.json", JsonSerializer.Serialize(new JsonObject
    {
        ["LightningLoggers"] = new JsonObject
        {
            ["Run"] = new JsonObject { ["Name"] = "test", ["SaveDir"] = _workspace.At("runs") },
            ["Plugins"] = new JsonObject { ["Folders"] = new JsonArray(plugins), ["Watch"] = true },
            ["Loggers"] = loggers,
        },
    }));
}
