using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

public sealed class PluginLockTests : IDisposable
{
    private readonly PluginYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void The_lock_has_the_SHA_256_of_every_file_of_every_plugin_sorted()
    {
        _yard.Install("Json12");
        _yard.Install("Misbehaving");
        _yard.Write("Json12/de/Json12.resources.dll", "x"u8);

        Lock();

        using var document = JsonDocument.Parse(File.ReadAllText(_yard.LockFile));
        var plugins = document.RootElement.GetProperty("plugins");
        Assert.Equal(["Json12", "Misbehaving"], plugins.EnumerateObject().Select(plugin => plugin.Name));
        var files = plugins.GetProperty("Json12").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString());
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), files.Keys);
        Assert.Equal(Directory.GetFiles(_yard["Json12"], "*", SearchOption.AllDirectories).Length, files.Count);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("x"u8)), files["de/Json12.resources.dll"]);
        var library = File.ReadAllBytes(_yard["Json12/Newtonsoft.Json.dll"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(library)), files["Newtonsoft.Json.dll"]);
    }

    [Fact]
    public void Locking_again_writes_the_same_bytes()
    {
        _yard.Install("Json12");
        _yard.Install("Misbehaving");
        Lock();
        var first = File.ReadAllBytes(_yard.LockFile);

        Lock();

        Assert.Equal(first, File.ReadAllBytes(_yard.LockFile));
        Assert.Equal((byte)'\n', first[^1]);
        Assert.DoesNotContain((byte)'\r', first);
    }

    [Fact]
    public void What_is_as_it_was_can_be_used()
    {
        _yard.Install("Misbehaving");
        Lock();

        Assert.NotNull(_yard.Discover().Load("Misbehaving"));
    }

    [Fact]
    public void A_file_that_was_changed_is_PL009()
    {
        _yard.Install("Json12");
        Lock();
        File.AppendAllText(_yard["Json12/Newtonsoft.Json.dll"], "x");

        Assert.Equal(("PL009", _yard["Json12/Newtonsoft.Json.dll"]), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
        Assert.Contains("which differs from the one in", _yard.Only().Defect?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_added_is_PL009()
    {
        _yard.Install("Misbehaving");
        Lock();
        _yard.Write("Misbehaving/runtimes/extra.dll", "x"u8);

        Assert.Equal(("PL009", _yard["Misbehaving/runtimes/extra.dll"]), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
    }

    [Fact]
    public void A_file_that_is_missing_is_PL009()
    {
        _yard.Install("Misbehaving");
        Lock();
        File.Delete(_yard["Misbehaving/Misbehaving.pdb"]);

        Assert.Equal(("PL009", _yard["Misbehaving/Misbehaving.pdb"]), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
    }

    [Fact]
    public void A_plugin_that_the_lock_does_not_name_is_PL009()
    {
        _yard.Install("Misbehaving");
        Lock();
        _yard.Install("Json12");

        Assert.Equal(["PL009", null], _yard.Discover().Entries.Select(entry => entry.Defect?.Code));
    }

    [Fact]
    public void A_plugin_that_is_changed_after_it_was_found_is_refused_when_it_is_loaded()
    {
        _yard.Install("Misbehaving");
        Lock();
        var catalog = _yard.Discover();
        File.AppendAllText(_yard["Misbehaving/Misbehaving.dll"], "x");

        Assert.Equal("PL009", Assert.Throws<PluginUnusableException>(() => catalog.Load("Misbehaving")).Code);
    }

    [Fact]
    public void Without_a_lock_nothing_is_pinned()
    {
        _yard.Install("Misbehaving");

        Assert.Null(_yard.Only().Defect);
        Assert.Empty(_yard.Only().PinnedBy);
    }

    [Fact]
    public void A_lock_beside_a_folder_of_plugins_counts_wherever_that_folder_is_used_from()
    {
        var main = InstallBelow("plugins");
        var (folder, beside) = (_yard["plugins"], _yard[PluginLock.FileName]);
        PluginLock.Of(PluginCatalog.Discover([folder])).Write(beside);
        var catalog = PluginCatalog.Discover([folder], _yard.LockFile);
        Assert.Equal((null, beside), (Assert.Single(catalog.Entries).Defect, Assert.Single(catalog.Entries[0].PinnedBy)));
        File.AppendAllText(main, "x");

        var defect = Assert.Single(PluginCatalog.Discover([folder], _yard.LockFile).Entries).Defect;

        Assert.Equal(("PL009", main), (defect?.Code, defect?.File));
        Assert.EndsWith($"run in {_yard.Root}: pluginloggers plugins lock", defect?.Cure, StringComparison.Ordinal);
        Assert.Equal("PL009", Assert.Throws<PluginUnusableException>(() => catalog.Load("Misbehaving")).Code);
    }

    [Fact]
    public void A_lock_counts_also_for_a_link_to_the_folder_that_it_stands_beside()
    {
        using var elsewhere = new PluginYard();
        var main = InstallBelow("plugins");
        PluginLock.Of(PluginCatalog.Discover([_yard["plugins"]])).Write(_yard[PluginLock.FileName]);
        File.AppendAllText(main, "x");
        Directory.CreateSymbolicLink(elsewhere["plugins"], _yard["plugins"]);

        var entry = Assert.Single(PluginCatalog.Discover([elsewhere["plugins"]], elsewhere.LockFile).Entries);

        Assert.Equal("PL009", entry.Defect?.Code);
    }

    [Fact]
    public void What_one_of_two_locks_refuses_is_refused()
    {
        var main = InstallBelow("plugins");
        var folder = _yard["plugins"];
        PluginLock.Of(PluginCatalog.Discover([folder])).Write(_yard[PluginLock.FileName]);
        File.AppendAllText(main, "x");
        PluginLock.Of(PluginCatalog.Discover([folder])).Write(_yard.LockFile);

        var entry = Assert.Single(PluginCatalog.Discover([folder], _yard.LockFile).Entries);

        Assert.Equal([Path.GetFullPath(_yard.LockFile), _yard[PluginLock.FileName]], entry.PinnedBy);
        Assert.Contains(_yard[PluginLock.FileName], entry.Defect?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"version\": 2, \"plugins\": {} }")]
    [InlineData("{ \"version\": 1 }")]
    [InlineData("{ \"version\": 1, \"plugins\": {}, \"extra\": 1 }")]
    [InlineData("{ \"version\": 1, \"plugins\": { \"Misbehaving\": [] } }")]
    [InlineData("{ \"version\": 1, \"plugins\": { \"Misbehaving\": { \"Misbehaving.dll\": \"abc\" } } }")]
    [InlineData("{ \"version\": 1, \"plugins\": { \"A\": {}, \"A\": {} } }")]
    public void A_lock_that_cannot_be_read_refuses_every_plugin_and_says_so(string content)
    {
        _yard.Install("Misbehaving");
        File.WriteAllText(_yard.LockFile, content, Encoding.UTF8);

        var defect = _yard.Only().Defect!;

        Assert.Equal(("PL009", Path.GetFullPath(_yard.LockFile)), (defect.Code, defect.File));
        Assert.StartsWith("the lock cannot be read (", defect.Reason, StringComparison.Ordinal);
        Assert.Contains("pluginloggers plugins lock", defect.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_is_a_link_to_nowhere_refuses_every_plugin()
    {
        _yard.Install("Misbehaving");
        File.CreateSymbolicLink(_yard.LockFile, _yard["gone.json"]);

        var defect = _yard.Only().Defect!;

        Assert.Equal(("PL009", Path.GetFullPath(_yard.LockFile)), (defect.Code, defect.File));
    }

    [Fact]
    public void Two_folders_of_one_name_that_differ_cannot_be_pinned()
    {
        using var other = new PluginYard();
        _yard.Install("Misbehaving");
        other.Install("Misbehaving");
        other.Write("Misbehaving/extra.txt", "x"u8);

        var catalog = PluginCatalog.Discover([_yard.Root, other.Root]);

        Assert.Contains("remove one", Assert.Throws<PluginLockException>(() => PluginLock.Of(catalog)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_lead_around_in_a_circle_are_refused_in_bounded_time()
    {
        _yard.Install("Misbehaving");
        Directory.CreateSymbolicLink(_yard["Misbehaving/again"], _yard["Misbehaving"]);

        Assert.Throws<PluginLockException>(() => PluginLock.Of(_yard.Discover()));
    }

    [Fact]
    public void A_lock_that_cannot_be_written_is_told_with_the_place_and_the_cure()
    {
        _yard.Install("Misbehaving");
        var inAFile = Path.Combine(_yard["Misbehaving/Misbehaving.dll"], PluginLock.FileName);

        var message = Assert.Throws<PluginLockException>(() => PluginLock.Of(_yard.Discover()).Write(inAFile)).Message;

        Assert.StartsWith($"{inAFile} cannot be written: ", message, StringComparison.Ordinal);
        Assert.EndsWith("Lock from a folder in which this user can write.", message, StringComparison.Ordinal);
    }

    private string InstallBelow(string folder)
    {
        _yard.Install("Misbehaving");
        Directory.CreateDirectory(_yard[folder]);
        Directory.Move(_yard["Misbehaving"], _yard[folder + "/Misbehaving"]);
        return _yard[folder + "/Misbehaving/Misbehaving.dll"];
    }

    private void Lock() => PluginLock.Of(PluginCatalog.Discover([_yard.Root])).Write(_yard.LockFile);
}
