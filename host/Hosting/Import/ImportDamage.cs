namespace PluginLoggers.Hosting;

/// <summary>A place in a file that could not be read.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in it, in bytes.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record ImportDamage(string File, long Offset, string Reason);
