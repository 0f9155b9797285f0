namespace PluginLoggers;

/// <summary>What is known of a dataset: not its content, but where it is from and by what it is told from others.</summary>
/// <param name="Name">Its name, 1 to 500 characters.</param>
public sealed record DatasetInfo(string Name)
{
    /// <summary>
    /// What tells its content from that of another version, at most 36 characters; null for one of what else is known, which does not see
    /// whether the content changed.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>The kind of its source, such as <c>local</c>, <c>http</c>, <c>s3</c> or <c>code</c>.</summary>
    public string SourceType { get; init; } = "local";

    /// <summary>Where it is: a path or a URI, or JSON in the form that the kind of source has. At most 64 kB.</summary>
    public string Source { get; init; } = "";

    /// <summary>Its columns, as JSON in MLflow's form; at most 1 MB. Null if they are not known.</summary>
    public string? Schema { get; init; }

    /// <summary>Figures such as the number of rows, as JSON; at most 16 MB. Null if there are none.</summary>
    public string? Profile { get; init; }

    /// <summary>What it is used for in this run, such as <c>training</c> or <c>validation</c>; null for nothing in particular.</summary>
    public string? Context { get; init; }
}
