namespace PluginLoggers.Hosting.Plugins;

/// <summary>A type that carries the plug-in attribute.</summary>
/// <param name="FullName">The name by which reflection finds it.</param>
/// <param name="Alias">The alias that the attribute gives.</param>
/// <param name="Problem">Why it cannot be created, or null.</param>
internal sealed record MarkedType(string FullName, string Alias, string? Problem);
