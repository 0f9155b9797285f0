using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PluginLoggers.Hosting.Tests.Plugins;

public sealed class PluginIsolationTests : IDisposable
{
    private readonly PluginYard _yard = new();
    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("isolation-");

    public void Dispose()
    {
        _yard.Dispose();
        _runs.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_plug_ins_with_different_versions_of_one_library_receive_the_same_run()
    {
        _yard.Install("Json12");
        _yard.Install("Json13");
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LightningLoggers:Run:SaveDir"] = _runs.FullName,
            ["LightningLoggers:Plugins:Folders:0"] = _yard.Root,
            ["LightningLoggers:Delivery:ShutdownTimeout"] = "01:00:00",
            ["LightningLoggers:Delivery:StallTimeout"] = "01:00:00",
            ["LightningLoggers:Loggers:old:Type"] = "Json12",
            ["LightningLoggers:Loggers:new:Type"] = "Json13",
        }).Build();

        await using var program = new ServiceCollection().AddLightningLoggers(settings, setup => setup.GateRanks = false)
            .BuildServiceProvider();
        var run = program.GetRequiredService<LightningRun>();
        run.LogMetric("loss", 0.5, 7);
        await run.FinalizeAsync(RunStatus.Finished);

        Assert.Equal(Points("12"), await File.ReadAllTextAsync(Path.Combine(run.RunDirectory, "old", "points.json")));
        Assert.Equal(Points("13"), await File.ReadAllTextAsync(Path.Combine(run.RunDirectory, "new", "points.json")));
    }

    private static string Points(string library) => $$"""[{"Name":"loss","Value":0.5,"Step":7,"Library":"{{library}}"}]""";
}
