namespace PluginLoggers.TensorBoard;

/// <summary>Writes runs as event files, which <see href="https://www.tensorflow.org/tensorboard">TensorBoard</see> shows.</summary>
[LoggerPlugin("TensorBoard")]
public sealed class TensorBoardPlugin : ILoggerPlugin<TensorBoardOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(TensorBoardOptions options, LoggerContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        return new TensorBoardLogger(options, context);
    }
}
