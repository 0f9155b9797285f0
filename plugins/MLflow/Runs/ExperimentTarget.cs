namespace PluginLoggers.MLflow;

/// <summary>Which experiment a run is to be in: by its name, by its id, or by both if they are of the same one.</summary>
/// <param name="Name">The name, 1 to 500 characters; null if the id alone is known.</param>
/// <param name="Id">The id; null if the name alone is known.</param>
/// <param name="ArtifactLocation">Where the artifacts of a new one are kept; null is the server's choice.</param>
internal sealed record ExperimentTarget(string? Name, string? Id, string? ArtifactLocation)
{
    private const int MaxName = 500;

    /// <summary>The experiment as people are told of it.</summary>
    public string Display => Name is null ? $"with the id '{Id}'" : $"'{Name}'";

    /// <summary>The options, then the environment, then the run's name.</summary>
    /// <exception cref="LoggerOptionsException">A name or an id that no server takes.</exception>
    public static ExperimentTarget From(MLflowOptions options, TrackingEnvironment environment, string runName)
    {
        var (name, id) = (TrackingEnvironment.NullIfBlank(options.ExperimentName), TrackingEnvironment.NullIfBlank(options.ExperimentId));
        if (name is null && id is null)
        {
            (name, id) = (environment.Variable("MLFLOW_EXPERIMENT_NAME"), environment.Variable("MLFLOW_EXPERIMENT_ID"));
        }

        name = id is null ? name ?? runName : name;
        if (name?.Length is 0 or > MaxName)
        {
            throw new LoggerOptionsException(
                nameof(options.ExperimentName), $"a name of {name.Length} characters", "1 to 500 characters");
        }

        return ServerId.IsOne(id)
            ? new(name, id, TrackingEnvironment.NullIfBlank(options.ArtifactLocation))
            : throw new LoggerOptionsException(nameof(options.ExperimentId), $"'{id}'", "the id of an experiment, such as 7");
    }
}
