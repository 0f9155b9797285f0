using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

public sealed class PluginDiscoveryTests : IDisposable
{
    private readonly PluginYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void The_plugins_that_stand_beside_the_application_are_found_by_a_relative_folder()
    {
        var catalog = PluginCatalog.Discover(["plugins"]);

        Assert.Contains("TensorBoard", catalog.Aliases);
        Assert.Equal(
            ["PluginLoggers.Csv", "PluginLoggers.MLflow", "PluginLoggers.TensorBoard"], catalog.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void What_is_found_has_alias_name_versions_and_path_and_nothing_is_loaded()
    {
        var main = _yard.Install("Json13");

        var entry = _yard.Only();

        Assert.Equal("Json13", entry.Alias);
        Assert.Equal("Json13", entry.Name);
        Assert.Equal(main, entry.Path);
        Assert.Equal(new Version(1, 0, 0, 0), entry.Version);
        Assert.Equal(typeof(ILoggerPlugin).Assembly.GetName().Version, entry.ContractVersion);
        Assert.Null(entry.Defect);
        Assert.False(entry.IsLoaded);
    }

    [Fact]
    public void A_folder_named_twice_or_in_two_ways_is_searched_once()
    {
        _yard.Install("Misbehaving");

        var catalog = PluginCatalog.Discover([_yard.Root, _yard.Root + Path.DirectorySeparatorChar, Path.Combine(_yard.Root, ".")]);

        Assert.Single(catalog.Entries);
    }

    [Fact]
    public void Of_copies_the_first_in_the_order_of_the_folders_is_used_and_the_others_are_no_conflict()
    {
        using var second = new PluginYard();
        var first = _yard.Install("Json12");
        second.Install("Json12");

        var catalog = PluginCatalog.Discover([_yard.Root, second.Root]);

        Assert.Equal(first, Assert.Single(catalog.Entries).Path);
        Assert.NotNull(catalog.Load("Json12"));
        Assert.Equal(second["Json12/Json12.dll"], Assert.Single(PluginCatalog.Discover([second.Root, _yard.Root]).Entries).Path);
    }

    [Fact]
    public void A_copy_of_a_DLL_with_several_plugins_is_no_conflict_either()
    {
        using var second = new PluginYard();
        _yard.Install("Faulty");
        second.Install("Faulty");

        Assert.Equal(_yard.Discover().Entries.Count, PluginCatalog.Discover([_yard.Root, second.Root]).Entries.Count);
    }

    [Fact]
    public void A_second_way_to_the_same_folders_by_a_link_is_no_conflict()
    {
        var main = _yard.Install("Json12");
        using var other = new PluginYard();
        Directory.CreateSymbolicLink(other["all"], _yard.Root);
        Directory.CreateDirectory(other["one"]);
        Directory.CreateSymbolicLink(other["one/Json12"], _yard["Json12"]);

        var catalog = PluginCatalog.Discover([_yard.Root, other["all"], other["one"]]);

        Assert.Equal(main, Assert.Single(catalog.Entries).Path);
        Assert.NotNull(catalog.Load("Json12"));
    }

    [Theory]
    [InlineData("Json12/Newtonsoft.Json.dll")]
    [InlineData("Json12/added.dll")]
    public void Folders_of_one_name_that_differ_in_any_file_are_PL006(string differs)
    {
        using var second = new PluginYard();
        _yard.Install("Json12");
        second.Install("Json12");
        File.AppendAllText(second[differs], "x");

        var catalog = PluginCatalog.Discover([_yard.Root, second.Root]);

        Assert.Equal([null, "PL006"], catalog.Entries.Select(entry => entry.Defect?.Code).Order());
        Assert.Throws<PluginUnusableException>(() => catalog.Load("Json12"));
    }

    [Fact]
    public void Folders_that_do_not_exist_hold_nothing() =>
        Assert.Empty(PluginCatalog.Discover([_yard["nowhere"], "not-here-either"]).Entries);

    [Fact]
    public void An_empty_folder_is_no_plugin_and_no_mistake()
    {
        Directory.CreateDirectory(_yard["Leftover"]);

        Assert.Empty(_yard.Discover().Entries);
    }

    [Fact]
    public void Hidden_folders_are_not_looked_into()
    {
        _yard.Write(".git/HEAD", "ref"u8);

        Assert.Empty(_yard.Discover().Entries);
    }

    [Fact]
    public void The_sources_of_a_plugin_are_no_plugin_and_no_mistake()
    {
        _yard.Write("Csv/PluginLoggers.Csv.csproj", "<Project/>"u8);
        _yard.Write("Csv/bin/Debug/net10.0/PluginLoggers.Csv.dll", "whatever"u8);

        Assert.Empty(_yard.Discover().Entries);
    }

    [Fact]
    public void A_folder_without_its_main_DLL_is_PL000_and_says_what_was_expected()
    {
        _yard.Write("Comet/readme.txt", "hello"u8);

        var entry = _yard.Only();

        Assert.Equal("PL000", entry.Defect?.Code);
        Assert.Null(entry.Alias);
        Assert.Equal(_yard["Comet"], entry.Defect?.File);
        Assert.Contains("Comet/Comet.dll", entry.Defect?.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_PL000()
    {
        Directory.CreateDirectory(_yard["Comet"]);
        File.CreateSymbolicLink(_yard["Comet/Comet.dll"], _yard["gone.dll"]);

        Assert.Equal("PL000", _yard.Only().Defect?.Code);
    }

    [Fact]
    public void A_plugin_without_a_folder_of_its_own_is_PL000_and_other_loose_DLLs_are_not_its_business()
    {
        File.Copy(Path.Combine(PluginYard.Fixtures, "Misbehaving", "Misbehaving.dll"), _yard["Misbehaving.dll"]);
        File.Copy(typeof(Assert).Assembly.Location, _yard["Other.dll"]);

        var entry = _yard.Only();

        Assert.Equal("PL000", entry.Defect?.Code);
        Assert.Contains("Misbehaving/Misbehaving.dll", entry.Defect?.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_its_DLL_may_differ_in_case()
    {
        _yard.Install("Misbehaving");
        Directory.Move(_yard["Misbehaving"], _yard["moved"]);
        Directory.Move(_yard["moved"], _yard["MISBEHAVING"]);

        Assert.NotNull(_yard.Discover().Load("misbehaving"));
    }

    [Fact]
    public void A_linked_folder_is_a_plugin()
    {
        Directory.CreateSymbolicLink(_yard["Json12"], Path.Combine(PluginYard.Fixtures, "Json12"));

        Assert.NotNull(_yard.Discover().Load("Json12"));
    }

    [Fact]
    public void A_folder_of_links_is_a_plugin_with_the_dependencies_that_stand_where_the_links_lead()
    {
        Directory.CreateDirectory(_yard["Json12"]);
        File.CreateSymbolicLink(_yard["Json12/Json12.dll"], Path.Combine(PluginYard.Fixtures, "Json12", "Json12.dll"));

        var plugin = _yard.Discover().Load("Json12");

        var context = new LoggerContext { Key = "k", OutputDirectory = _yard.Root };
        using var logger = plugin.Create(Activator.CreateInstance(plugin.OptionsType)!, context);
        Assert.Equal("12", logger.Name);
    }

    [Fact]
    public void Native_libraries_satellites_and_runtimes_beside_a_plugin_are_fine()
    {
        var native = _yard.Install("Misbehaving").Replace("Misbehaving.dll", "native.dll", StringComparison.Ordinal);
        File.Copy(Path.Combine(PluginYard.Fixtures, "Faulty", "Faulty.dll"), native);
        AssemblyPatch.MakeNative(native);
        _yard.Write("Misbehaving/libnative.so", [0x7F, 0x45, 0x4C, 0x46]);
        _yard.Write("Misbehaving/de/Misbehaving.resources.dll", "MZ"u8);
        _yard.Write("Misbehaving/runtimes/win-x64/native/e_sqlite3.dll", "MZ"u8);

        Assert.NotNull(_yard.Discover().Load("Misbehaving"));
    }

    [Fact]
    public void Several_plugins_in_one_DLL_have_an_entry_each()
    {
        _yard.Install("Faulty");

        var catalog = _yard.Discover();

        Assert.Contains("Nested", catalog.Aliases);
        Assert.Contains("ThrowsInCreate", catalog.Aliases);
        Assert.True(catalog.Entries.Count > 5);
    }

    [Fact]
    public void A_folder_full_of_rubbish_gives_defects_and_never_an_exception()
    {
        var random = new Random(1);
        for (var index = 0; index < 50; index++)
        {
            var content = new byte[random.Next(0, 2000)];
            random.NextBytes(content);
            _yard.Write($"P{index}/P{index}.dll", content);
        }

        Assert.Equal(50, _yard.Discover().Entries.Count(entry => entry.Defect?.Code == "PL001"));
    }
}
