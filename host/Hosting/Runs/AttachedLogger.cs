namespace PluginLoggers.Hosting.Runs;

/// <summary>A logger as it was attached to a run.</summary>
internal sealed record AttachedLogger
{
    /// <summary>The alias of its plug-in.</summary>
    public required string Type { get; init; }

    /// <summary>Where a person can look at its output; null if it was not known.</summary>
    public string? Location { get; init; }

    /// <summary>Its options as configured, by their path below <c>Options</c>. Whoever fills this in has redacted the secrets.</summary>
    public IReadOnlyDictionary<string, string?> Options
    {
        get;
        init => field = value ?? field;
    } = new Dictionary<string, string?>();
}
