namespace PluginLoggers.Csv.Import;

/// <summary>A run as a table of metrics and a file of hyperparameters, either of which may be missing.</summary>
/// <param name="name">The run's folder, as the contract wants it.</param>
/// <param name="metrics">The path of the table, or null.</param>
/// <param name="hyperparameters">The path of the YAML file, or null.</param>
internal sealed class CsvSourceRun(string name, string? metrics, string? hyperparameters) : SourceRun
{
    public override string Name => name;

    public override LoggerFeatures Features =>
        (metrics is null ? 0 : LoggerFeatures.Metrics) | (hyperparameters is null ? 0 : LoggerFeatures.Hyperparameters);

    public override long Bytes => LengthOf(metrics) + LengthOf(hyperparameters);

    /// <summary>The hyperparameters, which have no time and no step, and then row after row.</summary>
    public override RunStatus ReadTo(IImportTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        cancellationToken.ThrowIfCancellationRequested();
        target.Time = null;
        if (hyperparameters is not null)
        {
            Read(hyperparameters, target, file => HyperparametersSource.Read(file, hyperparameters, target));
            target.BytesRead = LengthOf(hyperparameters);
        }

        if (metrics is not null)
        {
            Read(metrics, target, file => new MetricsSource(metrics, target, target.BytesRead, cancellationToken).Read(file));
        }

        return RunStatus.Finished;
    }

    /// <summary>A file that goes away, or is on a disk that does, is damage like any other; what the target throws is not.</summary>
    private static void Read(string path, IImportTarget target, Action<Stream> read)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            target.ReportDamage(path, 0, $"it cannot be read: {refusal.Message}");
            return;
        }

        using (file)
        {
            read(file);
        }
    }

    private static long LengthOf(string? path) =>
        path is not null && new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
