namespace PluginLoggers.Hosting;

/// <summary>What came of synchronizing a run.</summary>
/// <param name="Run">The run as it stands afterwards.</param>
/// <param name="Notes">What could not be done, and why, in sentences.</param>
/// <param name="IsLeftAlone">Whether nothing was done because another process writes the run.</param>
public sealed record SynchronizedRun(RunSummary Run, IReadOnlyList<string> Notes, bool IsLeftAlone = false)
{
    /// <summary>Whether everything that was asked for is where it belongs.</summary>
    public bool IsComplete => !IsLeftAlone && Notes.Count == 0 && Run.Problem is null;
}
