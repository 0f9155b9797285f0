using System.Text;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Tests.Plugins;

/// <summary>Each code, brought about by a plug-in that has the defect, and what is said of it.</summary>
public sealed class PluginDefectTests : IDisposable
{
    private static readonly string Contract = typeof(ILoggerPlugin).Assembly.GetName().Name!;

    private readonly PluginYard _yard = new();

    public static TheoryData<string, string> NoAssemblies => new()
    {
        { "text", Convert.ToBase64String("#!/bin/sh\necho hello\n"u8) },
        { "ELF", Convert.ToBase64String([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]) },
        { "empty", "" },
        { "DOS header alone", Convert.ToBase64String(Encoding.ASCII.GetBytes("MZ" + new string('\0', 200))) },
    };

    public void Dispose() => _yard.Dispose();

    [Theory]
    [MemberData(nameof(NoAssemblies))]
    public void What_is_no_assembly_is_PL001(string kind, string content)
    {
        var file = _yard.Write("Comet/Comet.dll", Convert.FromBase64String(content));

        var defect = _yard.Only().Defect!;

        Assert.Equal(("PL001", file), (defect.Code, defect.File));
        Assert.StartsWith("not a .NET assembly (", defect.Reason, StringComparison.Ordinal);
        Assert.NotEqual("", kind);
    }

    [Fact]
    public void A_native_library_is_PL001()
    {
        AssemblyPatch.MakeNative(_yard.Install("Misbehaving"));

        Assert.Equal("not a .NET assembly (a native library)", _yard.Only().Defect?.Reason);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(4000)]
    public void A_truncated_assembly_is_PL001(int length)
    {
        var file = _yard.Install("Misbehaving");
        using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.SetLength(length);
        }

        Assert.Equal("PL001", _yard.Only().Defect?.Code);
    }

    [UnixFact("Windows has no named pipes among its files.")]
    public void A_named_pipe_is_PL001_and_nobody_waits_for_its_other_end()
    {
        Directory.CreateDirectory(_yard["Comet"]);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [_yard["Comet/Comet.dll"]]))
        {
            process.WaitForExit();
        }

        Assert.Equal("PL001", _yard.Only().Defect?.Code);
    }

    [Theory]
    [InlineData(".NETFramework,Version=v4.7.2")]
    [InlineData(".NETCoreApp,Version=v11.0")]
    public void What_is_built_for_another_framework_is_PL002(string framework)
    {
        AssemblyPatch.SetTargetFramework(_yard.Install("Misbehaving"), framework);

        var entry = _yard.Only();

        Assert.Equal("PL002", entry.Defect?.Code);
        Assert.Equal($"built for {framework}; this host runs .NET {Environment.Version.ToString(2)}", entry.Defect?.Reason);
        Assert.Equal("Misbehaving", entry.Alias);
    }

    [Theory]
    [InlineData(".NETStandard,Version=v2.0")]
    [InlineData(".NETCoreApp,Version=v8.0")]
    [InlineData("nonsense of some sort")]
    public void What_is_built_for_an_older_framework_can_be_used(string framework)
    {
        AssemblyPatch.SetTargetFramework(_yard.Install("Misbehaving"), framework);

        Assert.Equal(framework[0] == '.', _yard.Only().Defect is null);
    }

    [Fact]
    public void What_needs_a_newer_part_of_NET_is_PL002()
    {
        AssemblyPatch.SetReference(_yard.Install("Misbehaving"), "System.Runtime", new Version(99, 0, 0, 0));

        var defect = _yard.Only().Defect!;

        Assert.Equal("PL002", defect.Code);
        Assert.StartsWith("needs System.Runtime 99.0.0.0; this host's .NET has ", defect.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_DLL_that_is_a_newer_part_of_NET_is_PL002_wherever_it_stands_in_the_folder()
    {
        _yard.Install("Misbehaving");
        var shadow = _yard["Misbehaving/System.Diagnostics.DiagnosticSource.dll"];
        File.Copy(typeof(System.Diagnostics.Activity).Assembly.Location, shadow);
        AssemblyPatch.SetVersion(shadow, new Version(99, 0, 0, 0));

        var defect = _yard.Only().Defect!;

        Assert.Equal(("PL002", shadow), (defect.Code, defect.File));
        Assert.Contains("System.Diagnostics.DiagnosticSource 99.0.0.0", defect.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_DLL_that_is_a_part_of_NET_in_the_same_version_is_fine()
    {
        _yard.Install("Misbehaving");
        File.Copy(typeof(System.Diagnostics.Activity).Assembly.Location, _yard["Misbehaving/System.Diagnostics.DiagnosticSource.dll"]);

        Assert.NotNull(_yard.Discover().Load("Misbehaving"));
    }

    [Theory]
    [InlineData("1.1.0.0")]
    [InlineData("2.0.0.0")]
    [InlineData("0.9.0.0")]
    public void Another_version_of_the_contract_is_PL003_with_both_named(string built)
    {
        AssemblyPatch.SetReference(_yard.Install("Misbehaving"), Contract, Version.Parse(built));

        var entry = _yard.Only();

        Assert.Equal("PL003", entry.Defect?.Code);
        Assert.Equal($"built against version {built} of the contract {Contract}; this host has 1.0.0.0", entry.Defect?.Reason);
        Assert.Equal((Version.Parse(built), "Misbehaving"), (entry.ContractVersion, entry.Alias));
    }

    [Theory]
    [InlineData("1.0.0.0", "1.2.0.0", true)]
    [InlineData("1.2.0.0", "1.2.0.0", true)]
    [InlineData("1.2.7.0", "1.2.0.0", true)]
    [InlineData("1.3.0.0", "1.2.0.0", false)]
    [InlineData("1.9.0.0", "2.0.0.0", false)]
    public void Older_minors_of_the_same_major_are_supported(string built, string host, bool supported) =>
        Assert.Equal(supported, ContractAssembly.Supports(Version.Parse(built), Version.Parse(host)));

    [Fact]
    public void A_missing_dependency_is_PL004_before_any_code_runs()
    {
        var main = _yard.Install("Json12");
        File.Delete(_yard["Json12/Newtonsoft.Json.dll"]);

        var defect = _yard.Only().Defect!;

        Assert.Equal(("PL004", main), (defect.Code, defect.File));
        Assert.Equal("needs Newtonsoft.Json 12.0.0.0, found neither beside it nor in the host", defect.Reason);
    }

    [Fact]
    public void A_missing_dependency_of_a_dependency_is_PL004_of_the_dependency()
    {
        _yard.Install("Misbehaving");
        File.Copy(Path.Combine(PluginYard.Fixtures, "Json12", "Json12.dll"), _yard["Misbehaving/Json12.dll"]);

        Assert.Equal(("PL004", _yard["Misbehaving/Json12.dll"]), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
    }

    [Fact]
    public void A_dependency_that_is_older_than_needed_is_PL004()
    {
        _yard.Install("Json13");
        File.Copy(Path.Combine(PluginYard.Fixtures, "Json12", "Newtonsoft.Json.dll"), _yard["Json13/Newtonsoft.Json.dll"], overwrite: true);

        Assert.Equal("needs Newtonsoft.Json 13.0.0.0, found only 12.0.0.0", _yard.Only().Defect?.Reason);
    }

    [Fact]
    public void A_dependency_that_is_no_assembly_is_PL001_of_that_file()
    {
        _yard.Install("Json12");
        var file = _yard.Write("Json12/Newtonsoft.Json.dll", "version https://git-lfs.github.com/spec/v1"u8);

        Assert.Equal(("PL001", file), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
    }

    [Fact]
    public void An_assembly_without_a_plugin_is_PL005()
    {
        Directory.CreateDirectory(_yard["Moq"]);
        File.Copy(typeof(Moq.Mock).Assembly.Location, _yard["Moq/Moq.dll"]);

        Assert.Equal(("PL005", "no type carries [LoggerPlugin]"), (_yard.Only().Defect?.Code, _yard.Only().Defect?.Reason));
    }

    [Theory]
    [InlineData("IsAbstract", "PluginLoggers.Fixtures.IsAbstract carries [LoggerPlugin] and is abstract")]
    [InlineData("IsGeneric", "PluginLoggers.Fixtures.IsGeneric`1 carries [LoggerPlugin] and is generic")]
    [InlineData(
        "NeedsAnArgument",
        "PluginLoggers.Fixtures.NeedsAnArgument carries [LoggerPlugin] and has no public constructor without parameters")]
    [InlineData(null, "PluginLoggers.Fixtures.HasNoAlias carries [LoggerPlugin] and has no usable alias")]
    public void A_marked_type_that_cannot_be_created_is_PL005(string? alias, string reason)
    {
        _yard.Install("Faulty");

        var entry = Assert.Single(_yard.Discover().Entries, entry => entry.Alias == alias);

        Assert.Equal(("PL005", reason), (entry.Defect?.Code, entry.Defect?.Reason));
    }

    [Fact]
    public void A_marked_type_that_implements_nothing_is_PL005_when_it_is_loaded()
    {
        _yard.Install("Faulty");

        Assert.Equal("PL005", Unusable("ImplementsNothing").Code);
    }

    [Fact]
    public void An_alias_that_is_taken_is_PL006_and_an_error_when_it_is_selected()
    {
        var first = _yard.Install("Misbehaving", "A");
        _yard.Install("Misbehaving", "B");

        var catalog = _yard.Discover();

        Assert.Equal([null, "PL006"], catalog.Entries.Select(entry => entry.Defect?.Code));
        Assert.Equal($"the alias Misbehaving is already provided by {first}", catalog.Entries[1].Defect?.Reason);
        Assert.Equal("PL006", Assert.Throws<PluginUnusableException>(() => catalog.Load("misbehaving")).Code);
        Assert.False(catalog.Entries[0].IsLoaded);
    }

    [Fact]
    public void An_alias_is_not_taken_by_a_plugin_that_cannot_be_used()
    {
        AssemblyPatch.SetTargetFramework(_yard.Install("Misbehaving", "A"), ".NETFramework,Version=v4.7.2");
        _yard.Install("Misbehaving", "B");

        var catalog = _yard.Discover();

        Assert.Equal(["PL002", null], catalog.Entries.Select(entry => entry.Defect?.Code));
        Assert.NotNull(catalog.Load("Misbehaving"));
    }

    [Theory]
    [InlineData("{ \"targets\": { ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{ "runtimeTarget": 5, "targets": {}, "libraries": {} }""")]
    [InlineData("""{ "runtimeTarget": { "name": "x" }, "targets": {}, "libraries": {} }""")]
    [InlineData("""{ "runtimeTarget": { "name": "x" }, "targets": { "x": {} } }""")]
    [InlineData("""{ "runtimeTarget": { "name": "x" }, "targets": { "x": { "P/1": { "runtime": [] } } }, "libraries": {} }""")]
    [InlineData("""{ "runtimeTarget": { "name": "x" }, "targets": { "x": { "P/1": { "native": { "a.so": 1 } } } }, "libraries": {} }""")]
    [InlineData("""{ "runtimeTarget": "x", "targets": { "x": { "P/1": { "runtimeTargets": { "a.so": {} } } } }, "libraries": {} }""")]
    [InlineData("""{ "runtimeTarget": { "name": "x" }, "targets": { "x": { "P/1": { "runtime": {} } } }, "libraries": { "P/1": {} } }""")]
    [InlineData("""{ "runtimeTarget": "x", "targets": { "x": { "P/1": { "runtime": {} } } }, "libraries": { "P/1": { "type": "a" } } }""")]
    [InlineData("""{ "runtimeTarget": 5, "runtimeTarget": { "name": "x" }, "targets": { "x": {} }, "libraries": {} }""")]
    public void A_corrupt_deps_json_is_PL007_and_does_not_reach_the_native_reader_that_would_end_the_process(string content)
    {
        _yard.Install("Misbehaving");
        var file = _yard.Write("Misbehaving/Misbehaving.deps.json", Encoding.UTF8.GetBytes(content));

        Assert.Equal(("PL007", file), (_yard.Only().Defect?.Code, _yard.Only().Defect?.File));
    }

    [Theory]
    [InlineData("""{ "runtimeTarget": "x", "targets": { "x": {} }, "libraries": {} }""")]
    [InlineData("""{ /* by hand */ "runtimeTarget": { "name": "x" }, "targets": { "x": {} }, "libraries": {} }""")]
    [InlineData("""
        { "runtimeTarget": { "name": "x" },
          "targets": { "x": { "Gone/1.0.0": { "runtime": { "gone.dll": {} } } } },
          "libraries": { "Gone/1.0.0": { "type": "package", "sha512": "" } } }
        """)]
    public void An_unusual_deps_json_is_fine(string content)
    {
        _yard.Install("Misbehaving");
        _yard.Write("Misbehaving/Misbehaving.deps.json", Encoding.UTF8.GetBytes(content));

        Assert.NotNull(_yard.Discover().Load("Misbehaving"));
    }

    [Fact]
    public void A_corrupt_runtimeconfig_json_is_nobodys_business()
    {
        _yard.Install("Misbehaving");
        _yard.Write("Misbehaving/Misbehaving.runtimeconfig.json", "{ not json"u8);

        Assert.NotNull(_yard.Discover().Load("Misbehaving"));
    }

    [Theory]
    [InlineData("ThrowsInConstructor", "PluginLoggers.Fixtures.ThrowsInConstructor throws when created: the licence has expired")]
    [InlineData(
        "ThrowsInStaticConstructor",
        "PluginLoggers.Fixtures.ThrowsInStaticConstructor throws when created: no native library for this machine")]
    [InlineData("ThrowsInOptionsType", "PluginLoggers.Fixtures.ThrowsInOptionsType throws when created: no options on Tuesdays")]
    public void A_plugin_that_throws_when_created_is_PL008_with_the_cause_and_stays_so(string alias, string reason)
    {
        _yard.Install("Faulty");
        var catalog = _yard.Discover();

        var first = Assert.Throws<PluginUnusableException>(() => catalog.Load(alias)).Defect;
        var second = Assert.Throws<PluginUnusableException>(() => catalog.Load(alias)).Defect;

        Assert.Equal(("PL008", reason), (first.Code, first.Reason));
        Assert.Same(first, second);
        Assert.Same(first, catalog.Find(alias)?.Defect);
        Assert.DoesNotContain(alias, catalog.Aliases);
    }

    [Fact]
    public void What_is_said_is_one_line_with_code_file_reason_and_cure()
    {
        _yard.Install("Faulty");

        var defect = Unusable("ThrowsInConstructor");

        Assert.Equal($"PL008 {_yard["Faulty/Faulty.dll"]}: {defect.Reason}; {defect.Cure}", defect.ToString());
        Assert.DoesNotContain('\n', defect.ToString());
        Assert.DoesNotContain("   at ", defect.ToString(), StringComparison.Ordinal);
    }

    private PluginDefect Unusable(string alias)
    {
        var catalog = _yard.Discover();
        return Assert.Throws<PluginUnusableException>(() => catalog.Load(alias)).Defect;
    }
}
