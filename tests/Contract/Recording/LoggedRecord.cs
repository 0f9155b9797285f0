namespace PluginLoggers.Contract;

/// <summary>One call that a <see cref="RecordingLogger"/> was given. Steps are whole: a missing one is the next, as in a run.</summary>
/// <param name="Time">When it was logged, by the logger's clock.</param>
public abstract record LoggedRecord(DateTimeOffset Time)
{
    /// <summary>Metrics of one step.</summary>
    public sealed record Metrics(DateTimeOffset Time, IReadOnlyList<Metric> Values, long Step) : LoggedRecord(Time);

    /// <summary>Hyperparameters, flattened, and the metrics of the comparison.</summary>
    public sealed record Hyperparams(
        DateTimeOffset Time, IReadOnlyDictionary<string, object?> Values, IReadOnlyDictionary<string, double>? ComparedBy, long? Step)
        : LoggedRecord(Time);

    /// <summary>Text.</summary>
    public sealed record Text(DateTimeOffset Time, string Name, string Value, long Step) : LoggedRecord(Time);

    /// <summary>An image.</summary>
    public sealed record Image(DateTimeOffset Time, string Name, ImageData Value, long Step) : LoggedRecord(Time);

    /// <summary>A histogram.</summary>
    public sealed record Histogram(DateTimeOffset Time, string Name, HistogramData Value, long Step) : LoggedRecord(Time);

    /// <summary>Sound.</summary>
    public sealed record Audio(DateTimeOffset Time, string Name, AudioData Value, long Step) : LoggedRecord(Time);

    /// <summary>The graph of a model.</summary>
    public sealed record Graph(DateTimeOffset Time, GraphData Value) : LoggedRecord(Time);

    /// <summary>A file or a folder.</summary>
    public sealed record Artifact(DateTimeOffset Time, string Path, string? Name) : LoggedRecord(Time);

    /// <summary>A checkpoint.</summary>
    public sealed record SavedCheckpoint(DateTimeOffset Time, Checkpoint Value) : LoggedRecord(Time);

    /// <summary>An open record.</summary>
    public sealed record Custom(DateTimeOffset Time, string Kind, string Name, ReadOnlyMemory<byte> Payload, long Step)
        : LoggedRecord(Time);
}
