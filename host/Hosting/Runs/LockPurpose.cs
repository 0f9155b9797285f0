namespace PluginLoggers.Hosting.Runs;

/// <summary>What a process writes a run for.</summary>
internal enum LockPurpose
{
    /// <summary>It logs to the run.</summary>
    Log,

    /// <summary>It delivers what is behind, and gives way to one that logs.</summary>
    Sync,
}
