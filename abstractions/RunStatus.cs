namespace PluginLoggers;

/// <summary>How a run stands, or how it ended.</summary>
public enum RunStatus
{
    /// <summary>
    /// The run goes on; also what a backend is told when a run that had ended, or whose process had died, is logged to again.
    /// </summary>
    Running,

    /// <summary>The run came to its end.</summary>
    Finished,

    /// <summary>The run ended with an error.</summary>
    Failed,

    /// <summary>The run was stopped from outside, or nobody said how it ended.</summary>
    Killed,
}
