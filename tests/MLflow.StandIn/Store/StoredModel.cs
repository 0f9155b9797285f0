namespace PluginLoggers.MLflow.StandIn;

/// <summary>A logged model, as a server of version 3 holds it.</summary>
public sealed class StoredModel
{
    /// <summary><c>m-</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name; several models may share it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public string ModelType { get; internal init; } = "";

    /// <summary>The run that made it.</summary>
    public string SourceRunId { get; internal init; } = "";

    /// <summary>Where its artifacts are.</summary>
    public required string ArtifactUri { get; init; }

    /// <summary><c>LOGGED_MODEL_PENDING</c> and so on.</summary>
    public string Status { get; internal set; } = "LOGGED_MODEL_PENDING";

    internal OrderedDictionary<string, string> Params { get; } = [];

    internal OrderedDictionary<string, string> Tags { get; } = [];

    internal List<ModelPoint> Metrics { get; } = [];
}
