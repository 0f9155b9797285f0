namespace PluginLoggers.MLflow;

/// <summary>What was logged and is not sent yet. Kept until all of it has been sent; reused.</summary>
internal sealed class PendingRecords
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>How many calls were logged.</summary>
    public int Records { get; set; }

    public bool IsEmpty => Points.Count == 0 && Params.Count == 0 && Tags.Count == 0 && Artifacts.Count == 0
        && Datasets.Count == 0;

    public List<MetricPoint> Points { get; } = [];

    public List<KeyValue> Params { get; } = [];

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<PendingArtifact> Artifacts { get; } = [];

    /// <summary>The artifacts among them that are tables.</summary>
    public List<string> Tables { get; } = [];

    public List<DatasetInput> Datasets { get; } = [];

    /// <summary>The checkpoints that become logged models; their files are among the artifacts too.</summary>
    public List<PendingCheckpoint> Checkpoints { get; } = [];

    /// <summary>Adds a param; false if another value of it is waiting. The server refuses a batch in which one stands twice.</summary>
    public bool TryAddParam(string key, string value)
    {
        if (_values.TryAdd(key, value))
        {
            Params.Add(new KeyValue(key, value));
            return true;
        }

        return _values[key] == value;
    }

    public void Clear()
    {
        Records = 0;
        Points.Clear();
        Params.Clear();
        _values.Clear();
        Tags.Clear();
        Artifacts.Clear();
        Tables.Clear();
        Datasets.Clear();
        Checkpoints.Clear();
    }
}
