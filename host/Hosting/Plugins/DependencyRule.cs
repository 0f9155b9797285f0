namespace PluginLoggers.Hosting.Plugins;

/// <summary>
/// PL004, and PL002 for parts of .NET: whatever any DLL of the folder refers to stands beside it, or is there in the host. Without this,
/// what is missing shows when the method that needs it is first called, in the middle of a run.
/// </summary>
internal static class DependencyRule
{
    /// <summary>Checks every assembly of a folder against what is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="main">Its main DLL.</param>
    public static PluginDefect? Check(PluginFolder folder, string main)
    {
        var present = new PresentAssemblies(folder, main);
        foreach (var (file, facts) in present.OfTheFolder)
        {
            if ((Shadows(file, facts) ?? ContractRule.Check(file, facts)) is { } defect)
            {
                return defect;
            }
        }

        foreach (var (file, facts) in present.OfTheFolder)
        {
            foreach (var reference in facts.References)
            {
                if (reference.Name != ContractAssembly.Name && CheckReference(file, reference, present) is { } defect)
                {
                    return defect;
                }
            }
        }

        return null;
    }

    // A newer part of .NET beside the plug-in hands the runtime types that are not its own, and members go missing in the middle of .NET.
    private static PluginDefect? Shadows(string file, AssemblyFacts facts) =>
        FrameworkAssemblies.IsPartOfNet(facts.Identity.Name)
        && FrameworkAssemblies.VersionOf(facts.Identity.Name) is { } present
        && facts.Identity.Version > present
            ? PluginDefects.ShadowsFramework(file, facts.Identity, present)
            : null;

    private static PluginDefect? CheckReference(string file, AssemblyReference reference, PresentAssemblies present)
    {
        var inHost = FrameworkAssemblies.VersionOf(reference.Name);
        if (inHost >= reference.Version)
        {
            return null;
        }

        if (inHost is not null && FrameworkAssemblies.IsPartOfNet(reference.Name))
        {
            return PluginDefects.NewerFramework(file, reference, inHost);
        }

        if (present.Unreadable(reference.Name) is var (unreadable, problem))
        {
            return PluginDefects.NotAnAssembly(unreadable, problem);
        }

        var beside = present.VersionOf(reference.Name);
        return beside >= reference.Version ? null : PluginDefects.MissingDependency(file, reference, beside ?? inHost);
    }
}
