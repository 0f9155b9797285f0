using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Import;

/// <summary>How an imported run is opened.</summary>
/// <param name="Clock">Stamps what is logged.</param>
/// <param name="Started">When the run was started, as its source says; null if it does not.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Check">Refuses a folder that belongs to something else, by an exception.</param>
internal sealed record ImportOpening(TimeProvider Clock, DateTimeOffset? Started, ImportedFrom From, Action<OpenedRun> Check);
