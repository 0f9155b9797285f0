using System.Reflection;

namespace PluginLoggers.Abstractions.Tests.PublicApi;

/// <summary>What strangers build on changes only on purpose.</summary>
public class PublicApiTests
{
    private static readonly Assembly Contract = typeof(ILightningLogger).Assembly;

    [Fact]
    public void The_public_surface_is_the_one_in_git() => Baseline.Check(
        Contract,
        "Abstractions.Tests",
        "Plug-ins are compiled against it: a member may be added (to an interface with a default body only), none may go or change.");

    [Fact]
    public void Plugins_of_one_major_version_share_its_assembly_version()
    {
        var version = Contract.GetName().Version!;
        Assert.Equal((0, 0), (version.Build, version.Revision));
    }

    [Fact]
    public void The_contract_needs_the_framework_alone() =>
        Assert.All(Contract.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void There_is_no_public_state_that_changes()
    {
        const BindingFlags statics = BindingFlags.Public | BindingFlags.Static;
        Assert.DoesNotContain(
            Contract.GetExportedTypes().SelectMany(type => type.GetFields(statics)), field => !field.IsLiteral && !field.IsInitOnly);
        Assert.DoesNotContain(Contract.GetExportedTypes().SelectMany(type => type.GetProperties(statics)), property => property.CanWrite);
    }

    [Fact]
    public void An_interface_grows_by_default_members_only()
    {
        // The abstract members of 1.0: one more, and every implementer of before no longer loads.
        string[] expected =
        [
            "DisposeAsync", "FinalizeAsync", "LogCustom", "LogHyperparams", "LogMetrics", "SaveAsync", "get_Features", "get_Name",
            "get_Version",
        ];
        var found = typeof(ILightningLogger).GetInterfaces().Append(typeof(ILightningLogger)).Where(face => face != typeof(IDisposable))
            .SelectMany(face => face.GetMethods()).Where(method => method.IsAbstract).Select(method => method.Name);
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_base_class_declares_every_member_of_the_interface_again()
    {
        var map = typeof(LightningLoggerBase).GetInterfaceMap(typeof(ILightningLogger));
        Assert.All(map.TargetMethods.Zip(map.InterfaceMethods), pair =>
        {
            // Dispose is implemented by the interface for others; the class has its own.
            var isShown = pair.First.DeclaringType == typeof(LightningLoggerBase)
                || pair.Second.Name.Contains("Dispose", StringComparison.Ordinal);
            Assert.True(isShown, $"{pair.Second} does not show on a class.");
        });
    }

    [Fact]
    public void Exceptions_have_the_usual_constructors()
    {
        foreach (var type in Contract.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Exception))))
        {
            Assert.NotNull(type.GetConstructor([]));
            Assert.NotNull(type.GetConstructor([typeof(string)]));
            Assert.NotNull(type.GetConstructor([typeof(string), typeof(Exception)]));
        }
    }

    [Fact]
    public void The_documentation_stands_beside_the_assembly() => Assert.True(File.Exists(Path.ChangeExtension(Contract.Location, ".xml")));
}
