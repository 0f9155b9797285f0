namespace PluginLoggers.Hosting;

/// <summary>What was found at a place.</summary>
/// <param name="Runs">The runs that can be imported.</param>
/// <param name="Notes">What is there and is not imported, and why, in sentences.</param>
/// <param name="Formats">The aliases of the plug-ins that looked.</param>
public sealed record FoundRuns(IReadOnlyList<FoundRun> Runs, IReadOnlyList<string> Notes, IReadOnlyList<string> Formats);
