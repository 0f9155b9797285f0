using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PluginLoggers;
using PluginLoggers.Hosting;

namespace ReadmeSnippets;

public sealed class OpenRecordsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_records_reach_the_backend_that_shows_them_and_the_others_skip_them()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LightningLoggers:Run:SaveDir"] = _folder.FullName,
            ["LightningLoggers:Run:Name"] = "open",
            ["LightningLoggers:Run:Rank"] = "0",
            ["LightningLoggers:Delivery:ShutdownTimeout"] = "01:00:00",
            ["LightningLoggers:Delivery:StallTimeout"] = "01:00:00",
            ["LightningLoggers:Loggers:csv:Type"] = "Csv",
            ["LightningLoggers:Loggers:tensorboard:Type"] = "TensorBoard",
        }).Build();
        await using var services = new ServiceCollection().AddLightningLoggers(configuration).BuildServiceProvider();

        await services.GetRequiredService<ILightningLogger>().RunAsync(logger => OpenRecords.Log(logger, 7));

        var run = Path.Combine(_folder.FullName, "open", "version_0");
        var events = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(run, "events.out.tfevents.*")));
        Assert.All(
            (string[])["custom_scalars__config__", "val/pr", "scan_VERTEX", "scan_FACE"],
            tag => Assert.Contains(tag, events, StringComparison.Ordinal));
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(Path.Combine(run, "00007", "words", "metadata.tsv")));
    }
}
