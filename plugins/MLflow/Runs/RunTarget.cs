namespace PluginLoggers.MLflow;

/// <summary>What a run is to be called on the server: a function of the options, the environment and the run.</summary>
internal sealed class RunTarget
{
    /// <summary>The tag of ours by which a run is found again when the answer to its creation was lost.</summary>
    public const string IdentityTag = "pluginloggers.run_id";

    /// <summary>The tag of ours by which a run is found by the one that it is a part of, and that came later.</summary>
    private const string PartOfTag = "pluginloggers.parent_run_id";

    private const string RunNameTag = "mlflow.runName";
    public const string ParentTag = "mlflow.parentRunId";

    private RunTarget(ExperimentTarget experiment, string? resumedId, CreateRunRequest request, LoggerContext context)
    {
        (Experiment, ResumedId, Request) = (experiment, resumedId, request);
        Identity = Identify(context.RunId, context.Key);
        ParentIdentity = context.ParentRunId is { } parentId ? Identify(parentId, context.Key) : null;
    }

    public ExperimentTarget Experiment { get; }

    /// <summary>The run on the server that is gone on with; null for one of its own.</summary>
    public string? ResumedId { get; }

    public KeyValue Identity { get; }

    /// <summary>What the runs bear that are a part of this one.</summary>
    public KeyValue IdentityAsParent => new(PartOfTag, Identity.Value);

    /// <summary>The identity of the run that this one is a part of; null for none.</summary>
    public KeyValue? ParentIdentity { get; }

    /// <summary>
    /// The tags of a run that is gone on with: those that were chosen for it, and ours. It keeps its name and its source.
    /// </summary>
    public IReadOnlyList<KeyValue> TagsOfResumed =>
        [.. Request.Tags.Where(tag => !tag.Key.StartsWith("mlflow.", StringComparison.Ordinal))];

    private CreateRunRequest Request { get; }

    /// <exception cref="LoggerOptionsException">A name, an id or a tag that no server takes.</exception>
    public static RunTarget From(MLflowOptions options, LoggerContext context, Func<string, string?> environment, string? user)
    {
        var variables = new TrackingEnvironment(environment);
        var experiment = ExperimentTarget.From(options, variables, context.RunName);
        var names = new NameTable(context.Report);
        var tags = new Dictionary<string, string>(SourceTags.Of(user, context.StartTime), StringComparer.Ordinal);
        foreach (var (key, value) in context.Tags.Concat(options.Tags))
        {
            tags[names.Tag(key)] = LongValue.Cut(value ?? "", LongValue.MaxTagLength);
        }

        // A name and a tag that differ are refused together.
        tags.Remove(RunNameTag, out var nameInTag);
        var runName = TrackingEnvironment.NullIfBlank(options.RunName) ?? TrackingEnvironment.NullIfBlank(nameInTag) ?? context.RunVersion;
        if (runName.Length > ServerName.MaxLength)
        {
            throw new LoggerOptionsException(
                nameof(options.RunName), $"a name of {runName.Length} characters", $"at most {ServerName.MaxLength}");
        }

        var identity = Identify(context.RunId, context.Key);
        tags[identity.Key] = identity.Value;
        if (context.ParentRunId is { } parentId)
        {
            tags[PartOfTag] = Identify(parentId, context.Key).Value;
        }

        var request = new CreateRunRequest("", tags["mlflow.user"], runName, context.StartTime.ToUnixTimeMilliseconds(),
            [.. tags.Select(tag => new KeyValue(tag.Key, tag.Value))]);
        return new RunTarget(experiment, ResumedRun.ClaimedBy(context, options, variables), request, context);
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
}
