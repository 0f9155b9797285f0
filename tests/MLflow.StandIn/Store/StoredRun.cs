using System.Text.Json.Nodes;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>A run, as the server holds it.</summary>
public sealed class StoredRun
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Where its artifacts are.</summary>
    public required string ArtifactUri { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Who made it, as the request said.</summary>
    public string UserId { get; internal init; } = "";

    /// <summary><c>RUNNING</c> and so on.</summary>
    public string Status { get; internal set; } = "RUNNING";

    /// <summary>In milliseconds since 1970.</summary>
    public long StartTime { get; internal init; }

    /// <summary>In milliseconds since 1970; null until it was said.</summary>
    public long? EndTime { get; internal set; }

    /// <summary>Whether it was deleted; it takes nothing then.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>The params.</summary>
    public IReadOnlyDictionary<string, string> Params => ParamTable;

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags => TagTable;

    /// <summary>All points of all metrics, in the order in which they came.</summary>
    public IReadOnlyList<MetricRow> Metrics => MetricTable.Rows;

    /// <summary>The datasets that go in, as JSON; by name and digest.</summary>
    internal OrderedDictionary<(string Name, string Digest), JsonObject> Inputs { get; } = [];

    internal HashSet<string> ModelInputs { get; } = [];

    /// <summary>The models that come out, and the step of each.</summary>
    internal OrderedDictionary<string, long> Outputs { get; } = [];

    internal OrderedDictionary<string, string> ParamTable { get; } = [];

    internal OrderedDictionary<string, string> TagTable { get; } = [];

    internal MetricTable MetricTable { get; } = new();
}
