namespace PluginLoggers;

/// <summary>How a run differs from what the configuration says.</summary>
public sealed record RunDescription
{
    /// <summary>The name of the experiment; null is the configuration's.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The version; that of an existing run resumes it. Null is the configuration's for the first run, and the next free one afterwards.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>The run that this one is a part of; null for none.</summary>
    public ILightningLogger? Parent { get; init; }

    /// <summary>Tags, merged over the configuration's.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
