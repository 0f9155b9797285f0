namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>Run:Redaction</c>.</summary>
public sealed record RedactionSettings
{
    /// <summary>
    /// The names of hyperparameters and tags that are let through although they look like secrets, in any case. The default is none.
    /// </summary>
    public IReadOnlyList<string> Allow { get; init; } = [];
}
