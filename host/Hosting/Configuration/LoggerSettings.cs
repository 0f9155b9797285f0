namespace PluginLoggers.Hosting.Configuration;

/// <summary>One logger of the section <c>Loggers</c>.</summary>
public sealed record LoggerSettings
{
    /// <summary>Its key, which names its folder as well.</summary>
    public required string Key { get; init; }

    /// <summary>The alias of its plug-in, as the plug-in writes it.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is used. The default is true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Which metrics it is given.</summary>
    public MetricFilter Filter { get; init; } = MetricFilter.All;

    /// <summary>The options, of the type that the plug-in wants; null for one that is not enabled.</summary>
    public object? Options { get; init; }

    /// <summary>The options as they stand in the configuration, by their paths, without secrets.</summary>
    internal IReadOnlyDictionary<string, string?> ConfiguredOptions { get; init; } = new Dictionary<string, string?>();

    /// <summary>The plug-in that makes the logger; null for one that is not enabled.</summary>
    public ILoggerPlugin? Plugin { get; init; }

    /// <summary>Why an enabled logger has no plug-in yet, where it may wait for one; null if it does not wait.</summary>
    internal string? WaitsBecause { get; init; }
}
