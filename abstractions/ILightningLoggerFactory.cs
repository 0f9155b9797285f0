namespace PluginLoggers;

/// <summary>Starts runs, for programs with many of them: sweeps, folds, child runs. Safe for use from several threads.</summary>
public interface ILightningLoggerFactory
{
    /// <summary>Starts a run. The caller disposes it; what is still open is disposed with the factory.</summary>
    /// <param name="description">What differs from the configuration; null for nothing.</param>
    LoggerCollection Create(RunDescription? description = null);
}
