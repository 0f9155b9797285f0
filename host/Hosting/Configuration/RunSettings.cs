namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Run</c>: what a run is called, where it stands, and what is kept of it.</summary>
public sealed record RunSettings
{
    /// <summary>The name of the experiment. The default is <c>lightning_logs</c>.</summary>
    public string Name { get; init; } = "lightning_logs";

    /// <summary>The version; that of an existing run resumes it. Null, the default, is the next free one.</summary>
    public string? Version { get; init; }

    /// <summary>The folder under which runs are saved, absolute or relative to the working directory. The default is <c>runs</c>.</summary>
    public string SaveDir { get; init; } = "runs";

    /// <summary>What becomes of the journal when every backend has all of it. The default keeps it.</summary>
    public JournalRetention Journal { get; init; } = JournalRetention.Keep;

    /// <summary>The run's tags, such as team or purpose. The default is none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The rank of this process among those of one training; null, the default, takes it from the environment.</summary>
    public int? Rank { get; init; }

    /// <summary>What is redacted, and what is let through.</summary>
    public RedactionSettings Redaction { get; init; } = new();

    /// <summary>Whether, and how often, the machine's state is logged.</summary>
    public SystemMetricsSettings SystemMetrics { get; init; } = new();
}
