namespace PluginLoggers.Cli.Training;

/// <summary>The hyperparameters of a training, logged as they stand here.</summary>
internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 20;

    public int BatchSize { get; init; } = 32;

    public double LearningRate { get; init; } = 0.1;

    public double Momentum { get; init; } = 0.9;

    public int HiddenUnits { get; init; } = 64;

    /// <summary>The same seed gives the same training.</summary>
    public int Seed { get; init; } = 1;
}
