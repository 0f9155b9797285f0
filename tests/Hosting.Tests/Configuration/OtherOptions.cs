namespace PluginLoggers.Hosting.Tests.Configuration;

/// <summary>Options of a plug-in that has none.</summary>
public sealed class OtherOptions;
