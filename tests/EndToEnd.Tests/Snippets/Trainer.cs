using PluginLoggers;

namespace ReadmeSnippets;

public sealed class Trainer(ILightningLogger logger)
{
    public void Fit()
    {
        logger.LogHyperparams(new { LearningRate = 0.1, Layers = new[] { 64, 10 } });
        for (var step = 0; step < 100; step++)
        {
            logger.LogMetrics([("train/loss", 1.0 / (step + 1)), ("train/accuracy", step / 100.0)], step);
        }
    }
}
