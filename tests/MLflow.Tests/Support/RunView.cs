using PluginLoggers.Contract;

namespace PluginLoggers.MLflow.Tests;

/// <summary>A run as it can be read back from any server.</summary>
public sealed record RunView(
    string Id,
    string ExperimentId,
    string ArtifactUri,
    string Name,
    string Status,
    long StartTime,
    long? EndTime,
    IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<RecordedPoint> Points,
    IReadOnlyDictionary<string, long> Artifacts)
{
    public RunStatus? RunStatus => Status switch
    {
        "RUNNING" => PluginLoggers.RunStatus.Running,
        "FINISHED" => PluginLoggers.RunStatus.Finished,
        "FAILED" => PluginLoggers.RunStatus.Failed,
        "KILLED" => PluginLoggers.RunStatus.Killed,
        _ => null,
    };

    /// <summary>The points as lines, in one order.</summary>
    public IEnumerable<string> Lines =>
        Points.Select(point => FormattableString.Invariant($"{point.Name} [{point.Step}] = {point.Value:R}")).Order(StringComparer.Ordinal);
}
