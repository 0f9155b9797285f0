using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

public sealed class PluginLoadingTests : IDisposable
{
    private readonly PluginYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Theory]
    [InlineData("Json12", "12")]
    [InlineData("Json13", "13")]
    public void Plugins_that_carry_different_versions_of_one_library_each_get_their_own(string alias, string version)
    {
        var catalog = PluginCatalog.Discover([PluginYard.Fixtures]);
        _ = catalog.Load("Json12");
        _ = catalog.Load("Json13");

        using var logger = Create(catalog.Load(alias));

        Assert.Equal(version, logger.Name);
    }

    [Fact]
    public void The_contract_is_shared_even_with_a_plugin_that_brings_its_own()
    {
        _yard.Install("Misbehaving");
        File.Copy(typeof(ILoggerPlugin).Assembly.Location, _yard["Misbehaving/PluginLoggers.Abstractions.dll"]);

        var plugin = _yard.Discover().Load("Misbehaving");

        var context = ContextOf(plugin);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.False(context.IsCollectible);
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name == "PluginLoggers.Abstractions");
    }

    [Fact]
    public void A_part_of_NET_that_a_plugin_brings_gives_way_to_the_one_that_runs()
    {
        _yard.Install("Misbehaving");
        var running = typeof(HttpClient).Assembly;
        var older = _yard["Misbehaving/System.Net.Http.dll"];
        File.Copy(running.Location, older);
        AssemblyPatch.SetVersion(older, new Version(8, 0, 0, 0));

        var context = ContextOf(_yard.Discover().Load("Misbehaving"));

        Assert.Same(running, context.LoadFromAssemblyName(new AssemblyName("System.Net.Http, Version=8.0.0.0")));
    }

    [Fact]
    public void Folders_that_a_runtimeconfig_json_names_are_not_looked_into()
    {
        _yard.Install("Misbehaving");
        var outside = JsonSerializer.Serialize(Path.Combine(PluginYard.Fixtures, "Json12"));
        _yard.Write(
            "Misbehaving/Misbehaving.runtimeconfig.json",
            Encoding.UTF8.GetBytes($$"""{ "runtimeOptions": { "tfm": "net10.0", "additionalProbingPaths": [ {{outside}} ] } }"""));

        var context = ContextOf(_yard.Discover().Load("Misbehaving"));

        Assert.Throws<FileNotFoundException>(() => context.LoadFromAssemblyName(new AssemblyName("Json12")));
    }

    [Fact]
    public void Only_the_plugin_that_is_needed_is_loaded()
    {
        _yard.Install("Json12");
        _yard.Install("Misbehaving");
        var catalog = _yard.Discover();

        _ = catalog.Load("Misbehaving");

        Assert.Equal([false, true], catalog.Entries.Select(entry => entry.IsLoaded));
    }

    [Fact]
    public async Task Many_threads_that_load_one_plugin_get_one_object()
    {
        _yard.Install("Misbehaving");
        var catalog = _yard.Discover();
        using var start = new Barrier(8);

        var plugins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return catalog.Load("Misbehaving");
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(plugins.Distinct());
    }

    [Fact]
    public void A_nested_and_internal_plugin_is_loaded()
    {
        _yard.Install("Faulty");

        Assert.Equal("Plugin", _yard.Discover().Load("nested").GetType().Name);
    }

    [Fact]
    public void An_alias_that_is_a_path_is_an_unknown_alias()
    {
        _yard.Install("Misbehaving");
        var catalog = _yard.Discover();

        var exception = Assert.Throws<ArgumentException>(() => catalog.Load("../Misbehaving/Misbehaving.dll"));

        Assert.Contains("there are: Misbehaving", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_plugin_is_one_like_any_other()
    {
        var catalog = new PluginCatalog();
        var plugin = new LinkedPlugin();

        catalog.Add(plugin);

        Assert.Same(plugin, catalog.Load("LINKED"));
        var entry = Assert.Single(catalog.Entries);
        Assert.True(entry.IsLoaded);
        Assert.Null(entry.Path);
        Assert.Equal(["Linked"], catalog.Aliases);
    }

    [Fact]
    public void A_linked_plugin_needs_an_alias_that_nobody_has()
    {
        var catalog = new PluginCatalog();
        catalog.Add(new LinkedPlugin());

        var taken = Assert.Throws<ArgumentException>(() => catalog.Add(new LinkedPlugin()));
        var unmarked = Assert.Throws<ArgumentException>(() => catalog.Add(Moq.Mock.Of<ILoggerPlugin>()));

        Assert.Contains("already provided", taken.Message, StringComparison.Ordinal);
        Assert.Contains("[LoggerPlugin]", unmarked.Message, StringComparison.Ordinal);
    }

    private static AssemblyLoadContext ContextOf(ILoggerPlugin plugin) => AssemblyLoadContext.GetLoadContext(plugin.GetType().Assembly)!;

    private ILightningLogger Create(ILoggerPlugin plugin) =>
        plugin.Create(Activator.CreateInstance(plugin.OptionsType)!, new LoggerContext { Key = "key", OutputDirectory = _yard.Root });

    [LoggerPlugin("Linked")]
    private sealed class LinkedPlugin : ILoggerPlugin<LinkedOptions>
    {
        public ILightningLogger Create(LinkedOptions options, LoggerContext context) => new DummyLogger();
    }

    private sealed class LinkedOptions;
}
