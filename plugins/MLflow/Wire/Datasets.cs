namespace PluginLoggers.MLflow;

internal sealed record LogInputsRequest(string RunId, IReadOnlyList<DatasetInput> Datasets);

internal sealed record DatasetInput(DatasetMessage Dataset, IReadOnlyList<KeyValue> Tags);

/// <param name="Name">At most 500 characters.</param>
/// <param name="Digest">At most 36 characters; with the name, it is the identity of the dataset.</param>
/// <param name="SourceType">The kind of source.</param>
/// <param name="Source">JSON, as a text.</param>
/// <param name="Schema">JSON, as a text.</param>
/// <param name="Profile">JSON, as a text.</param>
internal sealed record DatasetMessage(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

/// <summary>What the record of a dataset holds besides its name.</summary>
internal sealed record DatasetRecord(string? Digest, string? SourceType, string? Source, string? Schema, string? Profile, string? Context);

/// <summary>An entry of the tag by which the UI finds tables.</summary>
internal sealed record LoggedArtifact(string Path, string Type);
