using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Tests.Plugins;

namespace PluginLoggers.Hosting.Tests.Watching;

/// <summary>Plug-ins that are put into a folder while a run is going on.</summary>
public sealed class DroppedPluginTests : IDisposable
{
    private const string Loggers = """ "r": { "Type": "Recording" }, "late": { "Type": "Misbehaving" } """;

    private readonly PluginYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public async Task A_plugin_joins_when_its_folder_is_whole()
    {
        using var lab = new WatchedLab(Loggers, _yard.Root);
        Assert.Equal(["r"], lab.Run.Keys);
        Assert.Single(lab.Lab.ToldOf("late", "it joins when its plug-in is there"));
        lab.Run.LogMetric("loss", 0.5);

        // File by file, as a slow copy would bring it.
        var folder = Directory.CreateDirectory(_yard["Misbehaving"]).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(PluginYard.Fixtures, "Misbehaving")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            lab.Look();
            Assert.Equal(["r"], lab.Run.Keys);
        }

        lab.Look();
        Assert.Equal(["r", "late"], lab.Run.Keys);
        Assert.True(await lab.Run.WaitForDeliveryAsync("late", Timeout.InfiniteTimeSpan));
        Assert.Equal(["0 loss 0.5"], lab.Lab.Lines("late"));
    }

    [Fact]
    public void A_copy_that_stops_in_the_middle_is_told_once_and_joins_when_it_is_complete()
    {
        using var lab = new WatchedLab(Loggers, _yard.Root);
        var whole = File.ReadAllBytes(Path.Combine(PluginYard.Fixtures, "Misbehaving", "Misbehaving.dll"));
        _yard.Write("Misbehaving/Misbehaving.dll", whole.AsSpan(0, whole.Length / 2));
        lab.Look(times: 5);
        Assert.Equal(["r"], lab.Run.Keys);
        Assert.Single(lab.Lab.ToldOf("late", "PL001"));

        _yard.Write("Misbehaving/Misbehaving.dll", whole);
        lab.Look(times: 2);
        Assert.Equal(["r", "late"], lab.Run.Keys);
    }

    [Fact]
    public void A_plugin_that_is_loaded_is_never_swapped()
    {
        _yard.Install("Misbehaving");
        var before = _yard.Discover();
        var plugin = before.Load("Misbehaving");
        _yard.Write("Misbehaving/Misbehaving.dll", [1, 2, 3]);
        _yard.Install("Json12");

        var after = before.Renewed(new PluginSettings { Folders = [_yard.Root] }, _ => true);

        Assert.Same(plugin, after.Load("Misbehaving"));
        Assert.Contains(after.Entries, entry => entry is { Name: "Json12", Defect: null });
    }

    [Fact]
    public void Without_watching_a_plugin_that_is_not_there_stops_the_start()
    {
        using var lab = new Lab();
        var mistakes = Assert.Throws<LoggersConfigurationException>(() => lab.Open(""" "late": { "Type": "Nowhere" } """)).Mistakes;
        Assert.Equal("LightningLoggers:Loggers:late:Type", Assert.Single(mistakes).Path);
    }
}
