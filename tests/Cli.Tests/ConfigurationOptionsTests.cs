using System.CommandLine;
using Microsoft.Extensions.Configuration;
using PluginLoggers.Cli.Tests.Support;

namespace PluginLoggers.Cli.Tests;

public sealed class ConfigurationOptionsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("Run:Name=a", "a")]
    [InlineData("LightningLoggers:Run:Name=a", "a")]
    [InlineData("lightningloggers:run:name=a", "a")]
    [InlineData("Run:Name=a=b c:d", "a=b c:d")]
    [InlineData("Run:Name=-a", "-a")]
    [InlineData("Run:Name=", "")]
    [InlineData(" Run:Name =a ", "a ")]
    public void Set_overrides_the_file_with_the_section_named_or_not(string assignment, string name) =>
        Assert.Equal(name, Load("--set", assignment)["LightningLoggers:Run:Name"]);

    [Fact]
    public void The_last_of_two_assignments_counts() =>
        Assert.Equal("b", Load("--set", "Run:Name=a", "--set", "Run:Name=b")["LightningLoggers:Run:Name"]);

    [Fact]
    public void What_is_not_set_comes_from_the_file() =>
        Assert.Equal("Csv", Load("--set", "Run:Name=a")["LightningLoggers:Loggers:csv:Type"]);

    [Fact]
    public void A_configuration_that_is_not_there_is_named()
    {
        File.Delete(_workspace.ConfigurationFile);

        Assert.Contains($"'{_workspace.ConfigurationFile}'", Assert.Throws<UsageException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    public void A_configuration_that_is_no_JSON_object_is_named_with_the_reason(string text)
    {
        _workspace.Write("appsettings.json", text);

        Assert.Matches(@"appsettings\.json'\. \S+", Assert.Throws<UsageException>(() => Load()).Message);
    }

    [Fact]
    public void A_mistake_in_the_JSON_is_found_where_an_editor_shows_it()
    {
        _workspace.Write("appsettings.json", "{\n  \"a\": tru\n}");

        Assert.Matches(@"appsettings\.json'\. Line 2, byte \d+: [^|]+$", Assert.Throws<UsageException>(() => Load()).Message);
    }

    public void Dispose() => _workspace.Dispose();

    private IConfiguration Load(params string[] args)
    {
        var options = new ConfigurationOptions();
        var root = new RootCommand { options.File, options.Overrides };
        return options.Load(root.Parse(["--config", _workspace.ConfigurationFile, .. args]));
    }
}
