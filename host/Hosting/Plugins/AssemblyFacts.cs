namespace PluginLoggers.Hosting.Plugins;

/// <summary>What the metadata of an assembly says, read without running any of it.</summary>
/// <param name="Identity">Its name and version.</param>
/// <param name="TargetFramework">The framework it was built for, such as <c>.NETCoreApp,Version=v10.0</c>, or null.</param>
/// <param name="References">The assemblies that it refers to.</param>
/// <param name="MarkedTypes">Its plug-ins.</param>
internal sealed record AssemblyFacts(
    AssemblyReference Identity,
    string? TargetFramework,
    IReadOnlyList<AssemblyReference> References,
    IReadOnlyList<MarkedType> MarkedTypes);
