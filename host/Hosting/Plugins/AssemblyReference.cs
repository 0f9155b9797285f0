namespace PluginLoggers.Hosting.Plugins;

/// <summary>The name and the version of an assembly.</summary>
/// <param name="Name">The simple name.</param>
/// <param name="Version">The version.</param>
internal sealed record AssemblyReference(string Name, Version Version);
