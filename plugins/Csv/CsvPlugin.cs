namespace PluginLoggers.Csv;

/// <summary>Writes runs as <c>metrics.csv</c> and <c>hparams.yaml</c>, in the layout of Lightning's CSVLogger.</summary>
[LoggerPlugin("Csv")]
public sealed class CsvPlugin : ILoggerPlugin<CsvOptions>
{
    /// <inheritdoc/>
    public ILightningLogger Create(CsvOptions options, LoggerContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return new CsvLogger(options, options.Validate(), context);
    }
}
