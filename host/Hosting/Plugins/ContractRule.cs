namespace PluginLoggers.Hosting.Plugins;

/// <summary>PL003: a DLL that refers to the contract refers to one that the host's can stand in for.</summary>
internal static class ContractRule
{
    /// <summary>The version of the contract that an assembly was built against, or null.</summary>
    /// <param name="facts">Its facts.</param>
    public static Version? VersionOf(AssemblyFacts facts)
    {
        foreach (var reference in facts.References)
        {
            if (reference.Name == ContractAssembly.Name)
            {
                return reference.Version;
            }
        }

        return null;
    }

    /// <summary>Checks an assembly.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="facts">Its facts.</param>
    public static PluginDefect? Check(string file, AssemblyFacts facts) =>
        VersionOf(facts) is { } built && !ContractAssembly.Supports(built)
            ? PluginDefects.ContractVersion(file, built, ContractAssembly.Version)
            : null;
}
