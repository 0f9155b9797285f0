using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Watching;

namespace PluginLoggers.Hosting.Tests.Watching;

public sealed class FreshConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Files_are_read_anew_in_their_order_and_what_the_user_holds_stays_as_it_is()
    {
        File.WriteAllText(_file, """{ "file": "old", "both": "old" }""");
        using var manager = new ConfigurationManager();
        manager.AddConfiguration(new ConfigurationBuilder().AddJsonFile(_file, optional: false, reloadOnChange: false).Build());
        manager.AddInMemoryCollection(new Dictionary<string, string?> { ["both"] = "memory", ["below:key"] = "value" });
        File.WriteAllText(_file, """{ "file": "new", "both": "new", "added": { "key": 1 } }""");

        using var fresh = FreshConfiguration.Of(manager);

        Assert.Equal(("new", "memory", "value", "1"), (fresh["file"], fresh["both"], fresh["below:key"], fresh["added:key"]));
        Assert.Equal(["added", "below", "both", "file"], fresh.GetChildren().Select(child => child.Key));
        Assert.Equal(("old", null), (manager["file"], manager["added:key"]));
    }

    [Fact]
    public void What_is_no_root_is_taken_as_it_is()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["a:b"] = "c" }).Build().GetSection("a");
        using var fresh = FreshConfiguration.Of(section);
        Assert.Equal("c", fresh["b"]);
    }

    [Fact]
    public void A_file_that_is_half_written_is_refused()
    {
        File.WriteAllText(_file, "{}");
        var configuration = new ConfigurationBuilder().AddJsonFile(_file).Build();
        File.WriteAllText(_file, "{ \"a\": ");
        Assert.Throws<InvalidDataException>(() => FreshConfiguration.Of(configuration).Dispose());
    }
}
