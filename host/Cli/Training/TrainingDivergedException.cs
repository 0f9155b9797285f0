namespace PluginLoggers.Cli.Training;

/// <summary>The loss is no longer a number, and no further step will make it one.</summary>
internal sealed class TrainingDivergedException(long step, double learningRate)
    : Exception(FormattableString.Invariant(
        $"The training diverged at step {step}: the loss is not finite. A learning rate below {learningRate} may help."));
