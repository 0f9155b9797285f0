namespace PluginLoggers;

/// <summary>A checkpoint of a model that was saved to a file.</summary>
/// <param name="Path">The file, or a folder. It must stay where it is until it is delivered.</param>
public sealed record Checkpoint(string Path)
{
    /// <summary>The step at which it was saved; null is one more than the largest step of the run so far.</summary>
    public long? Step { get; init; }

    /// <summary>The metric by which checkpoints are compared, such as <c>val/loss</c>; null for none.</summary>
    public string? Metric { get; init; }

    /// <summary>The value of <see cref="Metric"/>; null for none.</summary>
    public double? Score { get; init; }

    /// <summary>Whether it is the best so far.</summary>
    public bool IsBest { get; init; }

    /// <summary>Whether it is the latest so far.</summary>
    public bool IsLatest { get; init; } = true;
}
