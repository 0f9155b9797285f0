namespace PluginLoggers.Cli.Training;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many epochs there will be.</param>
/// <param name="Step">How many steps are done.</param>
/// <param name="Steps">How many steps there will be.</param>
/// <param name="Loss">The loss of the last step.</param>
/// <param name="Validation">The validation that ended the epoch; null within one.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, long Step, long Steps, double Loss, Evaluation? Validation);
