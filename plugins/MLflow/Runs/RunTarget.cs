namespace PluginLoggers.MLflow;

/// <summary>What a run is to be called on the server: a pure function of the options, the environment and the run.</summary>
internal sealed class RunTarget
{
    /// <summary>The tag of ours by which a run is found again when the answer to its creation was lost.</summary>
    public const string IdentityTag = "pluginloggers.run_id";

    private const string RunNameTag = "mlflow.runName";
    private const string ParentTag = "mlflow.parentRunId";
    private const int MaxExperimentName = 500;

    private RunTarget(string experimentName, string? artifactLocation, CreateRunRequest request, KeyValue identity, KeyValue? parent) =>
        (ExperimentName, ArtifactLocation, Request, Identity, ParentIdentity) =
        (experimentName, artifactLocation, request, identity, parent);

    public string ExperimentName { get; }

    public string? ArtifactLocation { get; }

    public KeyValue Identity { get; }

    /// <summary>The identity of the run that this one is a part of; null for none.</summary>
    public KeyValue? ParentIdentity { get; }

    private CreateRunRequest Request { get; }

    /// <exception cref="LoggerOptionsException">A name or tag that no server takes.</exception>
    public static RunTarget From(MLflowOptions options, LoggerContext context, Func<string, string?> environment, string? user)
    {
        var experiment = NullIfEmpty(options.ExperimentName) ?? NullIfEmpty(environment("MLFLOW_EXPERIMENT_NAME")) ?? context.RunName;
        if (experiment.Length is 0 or > MaxExperimentName)
        {
            throw new LoggerOptionsException(nameof(options.ExperimentName), $"a name of {experiment.Length} characters",
                "1 to 500 characters");
        }

        var names = new NameTable(context.Report);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mlflow.user"] = user ?? Environment.UserName,
            ["mlflow.source.name"] = Environment.ProcessPath ?? "",
            ["mlflow.source.type"] = "LOCAL",
        };
        foreach (var (key, value) in context.Tags.Concat(options.Tags))
        {
            tags[names.Tag(key)] = LongValue.Cut(value ?? "", LongValue.MaxTagLength);
        }

        // A name and a tag that differ are refused together.
        tags.Remove(RunNameTag, out var nameInTag);
        var runName = NullIfEmpty(options.RunName) ?? NullIfEmpty(nameInTag) ?? context.RunVersion;
        if (runName.Length > ServerName.MaxLength)
        {
            throw new LoggerOptionsException(nameof(options.RunName), $"a name of {runName.Length} characters",
                $"at most {ServerName.MaxLength}");
        }

        var identity = Identify(context.RunId, context.Key);
        tags[identity.Key] = identity.Value;
        var request = new CreateRunRequest("", runName, context.StartTime.ToUnixTimeMilliseconds(),
            [.. tags.Select(tag => new KeyValue(tag.Key, tag.Value))]);
        var parent = context.ParentRunId is { } parentId ? Identify(parentId, context.Key) : null;
        return new RunTarget(experiment, NullIfEmpty(options.ArtifactLocation), request, identity, parent);
    }

    /// <summary>The request that creates the run.</summary>
    public CreateRunRequest CreateIn(string experimentId, KeyValue? parent) =>
        Request with
        {
            ExperimentId = experimentId,
            Tags = parent is null ? Request.Tags : [.. Request.Tags.Where(tag => tag.Key != parent.Key), parent],
        };

    /// <summary>The tag by which the UI shows a run below another.</summary>
    public static KeyValue ChildOf(string parentRunId) => new(ParentTag, parentRunId);

    /// <summary>Without characters that would end a search's quotation.</summary>
    private static KeyValue Identify(string runId, string key) => new(IdentityTag, ServerName.Map($"{runId}/{key}"));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
