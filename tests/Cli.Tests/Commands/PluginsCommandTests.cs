using System.Text.Json;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests.Commands;

public sealed class PluginsCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("plugins")]
    [InlineData("plugins list")]
    public async Task Each_plug_in_is_a_line_and_each_defect_says_why_and_what_to_do(string command)
    {
        var file = Plugin("Broken", "no assembly");

        var result = await _workspace.RunAsync([.. command.Split(' '), "--set", $"Plugins:Folders:0={_workspace.At("plugins")}"]);

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        var lines = result.Out.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(["ALIAS", "PLUG-IN", "VERSION", "CONTRACT", "STATE", "PATH"], Cells(lines[0]));
        Assert.Equal(["-", "Broken", "-", "-", "PL001", file], Cells(lines[1]));
        Assert.Contains($"PL001 {file}", lines);
        Assert.Contains(lines, line => line.StartsWith("why: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("cure: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plug_ins_of_this_project_are_found_beside_the_program()
    {
        var result = await _workspace.RunAsync("plugins", "list", "--json");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        using var plugins = JsonDocument.Parse(result.Out);
        var names = plugins.RootElement.EnumerateArray().Select(plugin => plugin.GetProperty("name").GetString());
        Assert.Equal(["PluginLoggers.Csv", "PluginLoggers.MLflow", "PluginLoggers.TensorBoard"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Json_has_everything_that_is_known_of_a_plug_in()
    {
        var file = Plugin("Broken", "no assembly");

        var result = await _workspace.RunAsync("plugins", "--json", "--set", $"Plugins:Folders:0={_workspace.At("plugins")}");

        using var plugins = JsonDocument.Parse(result.Out);
        var plugin = Assert.Single(plugins.RootElement.EnumerateArray());
        Assert.Equal(
            ["alias", "name", "version", "contractVersion", "path", "state", "pinnedBy", "defect"],
            plugin.EnumerateObject().Select(property => property.Name));
        Assert.Equal(file, plugin.GetProperty("path").GetString());
        Assert.Equal("refused", plugin.GetProperty("state").GetString());
        Assert.Equal("PL001", plugin.GetProperty("defect").GetProperty("code").GetString());
        Assert.Equal(["code", "file", "reason", "cure"], plugin.GetProperty("defect").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_name_is_shown_as_it_is_and_never_obeyed()
    {
        Plugin("[bold]Odd[nonsense]", "no assembly");

        var result = await _workspace.RunAsync("plugins", "--set", $"Plugins:Folders:0={_workspace.At("plugins")}");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("[bold]Odd[nonsense] ", result.Out, StringComparison.Ordinal);
        Assert.Equal("a\uFFFD[2Jb", Terminals.Printable("a\u001b[2Jb"));
    }

    [Fact]
    public async Task Where_there_are_none_that_is_said()
    {
        var args = new[] { "plugins", "--set", $"Plugins:Folders:0={_workspace.At("nowhere")}" };

        var result = await _workspace.RunAsync(args);
        var json = await _workspace.RunAsync([.. args, "--json"]);

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Out));
        Assert.Contains(_workspace.At("nowhere"), result.Error, StringComparison.Ordinal);
        Assert.Equal("[]\n", json.Out);
    }

    [Fact]
    public async Task Where_no_folder_is_named_that_is_said()
    {
        _workspace.Write("appsettings.json", """{ "LightningLoggers": { "Plugins": { "Folders": [] } } }""");

        var result = await _workspace.RunAsync("plugins");

        Assert.StartsWith("There are no plug-ins: Plugins:Folders names no folder. ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_ends_with_2()
    {
        var result = await _workspace.RunAsync("plugins", "--set", "Plugins:Foldres:0=x");

        Assert.Equal((ExitCode.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Contains("LightningLoggers:Plugins:Foldres", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_pins_what_is_there_and_what_differs_later_is_refused()
    {
        var file = Plugin("Any", "no assembly");
        string[] folder = ["--config", _workspace.ConfigurationFile, "--set", $"Plugins:Folders:0={_workspace.At("plugins")}"];

        var pinned = await CliProcess.RunAsync(_workspace.Folder, ["plugins", "lock", "--json", .. folder]);
        File.WriteAllText(file, "another assembly");
        var listed = await CliProcess.RunAsync(_workspace.Folder, ["plugins", .. folder]);
        var again = await CliProcess.RunAsync(_workspace.Folder, ["plugins", "lock", .. folder]);
        var relisted = await CliProcess.RunAsync(_workspace.Folder, ["plugins", .. folder]);

        using var result = JsonDocument.Parse(pinned.Out);
        Assert.True(File.Exists(result.RootElement.GetProperty("file").GetString()));
        Assert.Equal("Any", Assert.Single(result.RootElement.GetProperty("plugins").EnumerateArray()).GetString());
        Assert.Contains("PL009", listed.Out, StringComparison.Ordinal);
        Assert.Contains("pins Any", again.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("PL009", relisted.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_beside_the_plug_ins_refuses_what_differs_wherever_the_command_is_started_and_the_list_says_what_pins()
    {
        var file = Plugin("Any", "no assembly");
        var elsewhere = Directory.CreateDirectory(_workspace.At("elsewhere")).FullName;
        string[] folder = ["--config", _workspace.ConfigurationFile, "--set", $"Plugins:Folders:0={_workspace.At("plugins")}"];

        var free = await CliProcess.RunAsync(elsewhere, ["plugins", .. folder]);
        var pinned = await CliProcess.RunAsync(_workspace.Folder, ["plugins", "lock", .. folder]);
        File.WriteAllText(file, "another assembly");
        var listed = await CliProcess.RunAsync(elsewhere, ["plugins", .. folder]);
        var json = await CliProcess.RunAsync(elsewhere, ["plugins", "--json", .. folder]);

        Assert.Contains("pinned by no plugins.lock.json: Any", free.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (pinned.ExitCode, pinned.Error));
        Assert.Contains("PL009", listed.Out, StringComparison.Ordinal);
        using var plugins = JsonDocument.Parse(json.Out);
        var pins = plugins.RootElement[0].GetProperty("pinnedBy").EnumerateArray().Select(pin => pin.GetString());
        Assert.Equal(_workspace.At("plugins.lock.json"), Assert.Single(pins));
    }

    [Fact]
    public async Task A_lock_that_is_not_beside_the_plug_ins_says_that_it_counts_here_only()
    {
        Plugin("Any", "no assembly");
        var elsewhere = Directory.CreateDirectory(_workspace.At("elsewhere")).FullName;
        string[] folder = ["--config", _workspace.ConfigurationFile, "--set", $"Plugins:Folders:0={_workspace.At("plugins")}"];

        var pinned = await CliProcess.RunAsync(elsewhere, ["plugins", "lock", .. folder]);

        Assert.Equal(ExitCode.Done, pinned.ExitCode);
        Assert.Contains($"It counts for what is started in {elsewhere}.", pinned.Error, StringComparison.Ordinal);
        Assert.Contains($"not beside {_workspace.At("plugins")}.", pinned.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private string Plugin(string name, string content)
    {
        var folder = Directory.CreateDirectory(_workspace.At("plugins", name)).FullName;
        var file = Path.Combine(folder, name + ".dll");
        File.WriteAllText(file, content);
        return file;
    }
}
