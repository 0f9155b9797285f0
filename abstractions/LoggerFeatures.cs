namespace PluginLoggers;

/// <summary>What a backend can show. What is logged beyond that is skipped for it, counted and told once; it is no error.</summary>
[Flags]
public enum LoggerFeatures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Numbers at steps: <see cref="ILightningLogger.LogMetrics(ReadOnlySpan{Metric}, long?)"/>.</summary>
    Metrics = 1 << 0,

    /// <summary>Hyperparameters, with or without metrics.</summary>
    Hyperparameters = 1 << 1,

    /// <summary>Text.</summary>
    Text = 1 << 2,

    /// <summary>Images.</summary>
    Images = 1 << 3,

    /// <summary>Histograms.</summary>
    Histograms = 1 << 4,

    /// <summary>Audio.</summary>
    Audio = 1 << 5,

    /// <summary>The graph of a model.</summary>
    Graphs = 1 << 6,

    /// <summary>Files and folders.</summary>
    Artifacts = 1 << 7,

    /// <summary>Checkpoints of a model.</summary>
    Checkpoints = 1 << 8,

    /// <summary>Open records; which kinds, <see cref="ILightningLogger.AcceptsCustom"/> says.</summary>
    Custom = 1 << 9,

    /// <summary>Everything.</summary>
    All = (1 << 10) - 1,
}
