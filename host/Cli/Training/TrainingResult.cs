namespace PluginLoggers.Cli.Training;

/// <summary>What came out of a training.</summary>
/// <param name="Validation">The validation after the last epoch.</param>
/// <param name="HeldOut">How many images it was validated with.</param>
/// <param name="Steps">How many steps were taken.</param>
/// <param name="Checkpoint">The file of the best weights, or null if the run has no folder.</param>
internal sealed record TrainingResult(Evaluation Validation, int HeldOut, long Steps, string? Checkpoint);
