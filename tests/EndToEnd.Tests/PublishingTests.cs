using System.Text.Json;
using PluginLoggers.EndToEnd.Tests.Support;

namespace PluginLoggers.EndToEnd.Tests;

/// <summary>What a publish of the command takes along.</summary>
public sealed class PublishingTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Plug_ins_are_compiled_ahead_of_time_with_the_command(string readyToRun, bool compiled)
    {
        var files = await Shell.MsBuildAsync(
            Repository.At("host/Cli"),
            "-target:ComputeResolvedFilesToPublishList",
            "-getItem:ResolvedFileToPublish",
            $"-property:PublishReadyToRun={readyToRun};NoBuild=true;BuildProjectReferences=false;Configuration={Repository.Configuration}");

        using var items = JsonDocument.Parse(files);
        var plugins = items.RootElement.GetProperty("Items").GetProperty("ResolvedFileToPublish").EnumerateArray()
            .Where(static file => Text(file, "RelativePath").StartsWith("plugins/", StringComparison.Ordinal))
            .ToLookup(static file => Text(file, "Extension") == ".dll", static file => Text(file, "PostprocessAssembly"));
        Assert.True(plugins[true].Count() >= 3);
        Assert.All(plugins[true], value => Assert.Equal(compiled ? "true" : "", value));
        Assert.All(plugins[false], value => Assert.Equal("", value));
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
