using PluginLoggers.Csv.Import;

namespace PluginLoggers.Csv;

/// <summary>
/// Writes runs as <c>metrics.csv</c> and <c>hparams.yaml</c>, in the layout of Lightning's CSVLogger, and reads both: ours, and those of
/// Lightning.
/// </summary>
[LoggerPlugin("Csv")]
public sealed class CsvPlugin : ILoggerPlugin<CsvOptions>, IRunSource
{
    /// <inheritdoc/>
    public ILightningLogger Create(CsvOptions options, LoggerContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return new CsvLogger(options, options.Validate(), context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceRun> FindRuns(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CsvRuns.Find(path);
    }
}
