using System.Globalization;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>What the server holds. One request at a time touches it.</summary>
internal sealed class TrackingStore
{
    public TrackingStore() => AddExperiment("Default", null);

    public List<StoredExperiment> Experiments { get; } = [];

    public List<StoredRun> Runs { get; } = [];

    public List<StoredModel> Models { get; } = [];

    /// <summary>By the whole path below the server's artifact root.</summary>
    public SortedDictionary<string, StoredArtifact> Artifacts { get; } = new(StringComparer.Ordinal);

    public StoredExperiment AddExperiment(string name, string? artifactLocation)
    {
        if (Experiments.Any(experiment => experiment.Name == name))
        {
            throw new ApiException(400, "RESOURCE_ALREADY_EXISTS",
                $"Experiment(name={name}) already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed: experiments.name");
        }

        var id = Experiments.Count.ToString(CultureInfo.InvariantCulture);
        Experiments.Add(new StoredExperiment { Id = id, Name = name, ArtifactLocation = artifactLocation ?? $"mlflow-artifacts:/{id}" });
        return Experiments[^1];
    }

    public StoredExperiment Experiment(string id) =>
        Experiments.Find(experiment => experiment.Id == id) ?? throw ApiException.Missing($"No Experiment with id={id} exists");

    public StoredExperiment ActiveExperiment(string id) => Experiment(id) is { IsDeleted: false } experiment
        ? experiment
        : throw ApiException.Invalid($"The experiment {id} must be in the 'active' state. Current state is deleted.");

    public StoredModel Model(string id) =>
        Models.Find(model => model.Id == id) ?? throw ApiException.Missing($"Logged model with ID '{id}' not found.");

    public StoredRun Run(string id) => Runs.Find(run => run.Id == id) ?? throw ApiException.Missing($"Run with id={id} not found");

    public StoredRun ActiveRun(string id) => Run(id) is { IsDeleted: false } run
        ? run
        : throw ApiException.Invalid($"The run {id} must be in the 'active' state. Current state is deleted.");
}
