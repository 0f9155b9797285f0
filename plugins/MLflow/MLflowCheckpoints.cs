namespace PluginLoggers.MLflow;

/// <summary>Which checkpoints are uploaded.</summary>
public enum MLflowCheckpoints
{
    /// <summary>Each, in a folder that is called by its file.</summary>
    All,

    /// <summary>The best and the latest one, each in place of the one before it.</summary>
    BestAndLatest,

    /// <summary>The best one, in place of the one before it.</summary>
    Best,

    /// <summary>The latest one, in place of the one before it.</summary>
    Latest,

    /// <summary>None.</summary>
    None,
}
