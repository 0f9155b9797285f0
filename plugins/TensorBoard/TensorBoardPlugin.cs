namespace PluginLoggers.TensorBoard;

/// <summary>
/// Writes runs as event files, which <see href="https://www.tensorflow.org/tensorboard">TensorBoard</see> shows, and reads them.
/// </summary>
[LoggerPlugin("TensorBoard")]
public sealed class TensorBoardPlugin : ILoggerPlugin<TensorBoardOptions>, IRunSource
{
    /// <inheritdoc/>
    public ILightningLogger Create(TensorBoardOptions options, LoggerContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        return new TensorBoardLogger(options, context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceRun> FindRuns(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return LogDirectory.FindRuns(path);
    }
}
