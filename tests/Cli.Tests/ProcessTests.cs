using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests;

/// <summary>What only a process of its own shows: its working directory, its environment, its pipes.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_version_is_a_result()
    {
        var result = await CliProcess.RunAsync(_workspace.Folder, "--version");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Out);
    }

    [Fact]
    public async Task The_configuration_is_looked_for_in_the_working_directory()
    {
        var result = await CliProcess.RunAsync(_workspace.Folder, "log");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.True(Directory.Exists(_workspace.RunFolder));
    }

    [Fact]
    public async Task Without_one_there_the_configuration_beside_the_program_is_used()
    {
        File.Delete(_workspace.ConfigurationFile);

        var result = await CliProcess.RunAsync(_workspace.Folder, "log");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.True(Directory.Exists(_workspace.At("runs", "digits", "version_0")));
    }

    [Theory]
    [InlineData("environment", "log")]
    [InlineData("argument", "log", "--set", "Run:Name=argument")]
    public async Task The_environment_overrides_the_file_and_an_argument_overrides_both(string name, params string[] args)
    {
        using var log = CliProcess.Start(
            _workspace.Folder, new Dictionary<string, string> { ["LightningLoggers__Run__Name"] = "environment" }, args);
        log.Input.Close();

        var result = await log.ExitAsync();

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.True(Directory.Exists(_workspace.At("runs", name, "version_0")));
    }

    [Fact]
    public async Task What_is_piped_in_becomes_a_run()
    {
        using var log = CliProcess.Start(_workspace.Folder, null, "log", "-");
        await log.Input.WriteAsync("{\"loss\":0.5}\r\n{\"loss\":0.25}\r\n");
        log.Input.Close();

        var result = await log.ExitAsync();

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(["0,0.5", "1,0.25"], _workspace.CsvRows("step", "loss"));
    }

    public void Dispose() => _workspace.Dispose();
}
