using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>Hands records to one instance of a backend: only its own, only what it can show, only the metrics that its filter accepts.</summary>
internal sealed class RecordHandler(string key, ILightningLogger logger, MetricFilter filter, Action<DeadLetter> refused, Action<string> unsupported)
{
    private readonly LoggerFeatures _features = logger.Features;
    private readonly Dictionary<string, bool> _customKinds = new(StringComparer.Ordinal);
    private Metric[] _metrics = new Metric[16];

    public long Delivered { get; private set; }

    public long Unsupported { get; private set; }

    public long DeadLetters { get; private set; }

    public void ResetCounts() => (Delivered, Unsupported, DeadLetters) = (0, 0, 0);

    public void Hand(in JournalRecord record, RunReader reader, JournalPosition position)
    {
        if (record.Target is not null && !string.Equals(record.Target, key, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!CanShow(record))
        {
            Unsupported++;
            return;
        }

        try
        {
            if (record.Kind == RecordKind.Metrics)
            {
                HandMetrics(record, reader, position);
            }
            else
            {
                HandOther(record);
            }

            Delivered++;
        }
        catch (LoggerRejectedException rejection)
        {
            Refuse(position, record.Kind, null, rejection.Message);
        }
        catch (MalformedRecordException malformed)
        {
            Refuse(position, record.Kind, null, malformed.Message);
        }
    }

    private void HandMetrics(in JournalRecord record, RunReader reader, JournalPosition position)
    {
        var metrics = Accepted(record, reader);
        if (metrics.IsEmpty)
        {
            return;
        }

        try
        {
            logger.LogMetrics(metrics, record.Step);
        }
        catch (LoggerRejectedException) when (metrics.Length > 1)
        {
            // One of them is bad, and nothing of the call was taken: the good ones are kept.
            foreach (var metric in metrics)
            {
                try
                {
                    logger.LogMetrics([metric], record.Step);
                }
                catch (LoggerRejectedException rejection)
                {
                    Refuse(position, record.Kind, metric.Name, rejection.Message);
                }
            }
        }
    }

    private ReadOnlySpan<Metric> Accepted(in JournalRecord record, RunReader reader)
    {
        if (_metrics.Length < record.MetricIds.Length)
        {
            _metrics = new Metric[record.MetricIds.Length];
        }

        var count = 0;
        for (var i = 0; i < record.MetricIds.Length; i++)
        {
            var name = reader.NameOf(record.MetricIds[i]);
            if (filter.AcceptsAll || filter.Accepts(name))
            {
                _metrics[count++] = new Metric(name, record.MetricValues[i]);
            }
        }

        return _metrics.AsSpan(0, count);
    }

    private void HandOther(in JournalRecord record)
    {
        var body = new RecordReader(record.Body);
        switch (record.Kind)
        {
            case RecordKind.Hyperparameters:
                HyperparametersRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Text:
                TextRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Image:
                ImageRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Histogram:
                HistogramRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Audio:
                AudioRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Graph:
                GraphRecord.Deliver(ref body, logger);
                break;
            case RecordKind.Custom:
                CustomRecord.Deliver(ref body, logger, record.Step);
                break;
            case RecordKind.Artifact:
                ArtifactRecord.Deliver(ref body, logger);
                break;
            case RecordKind.Checkpoint:
                CheckpointRecord.Deliver(ref body, logger, record.Step);
                break;
            default:
                throw new MalformedRecordException($"The journal has a record of the unknown kind {(byte)record.Kind}.");
        }
    }

    private bool CanShow(in JournalRecord record)
    {
        var feature = FeatureOf(record.Kind);
        if ((_features & feature) != feature)
        {
            unsupported(feature.ToString());
            return false;
        }

        if (record.Kind != RecordKind.Custom)
        {
            return true;
        }

        var kind = CustomRecord.KindOf(new RecordReader(record.Body));
        if (!_customKinds.TryGetValue(kind, out var accepts))
        {
            _customKinds[kind] = accepts = logger.AcceptsCustom(kind);
        }

        if (!accepts)
        {
            unsupported($"open records of the kind {kind}");
        }

        return accepts;
    }

    private void Refuse(JournalPosition position, RecordKind kind, string? metric, string reason)
    {
        DeadLetters++;
        refused(new DeadLetter(position.ToString(), kind.ToString(), metric, reason));
    }

    private static LoggerFeatures FeatureOf(RecordKind kind) => kind switch
    {
        RecordKind.Metrics => LoggerFeatures.Metrics,
        RecordKind.Hyperparameters => LoggerFeatures.Hyperparameters,
        RecordKind.Text => LoggerFeatures.Text,
        RecordKind.Image => LoggerFeatures.Images,
        RecordKind.Histogram => LoggerFeatures.Histograms,
        RecordKind.Audio => LoggerFeatures.Audio,
        RecordKind.Graph => LoggerFeatures.Graphs,
        RecordKind.Custom => LoggerFeatures.Custom,
        RecordKind.Artifact => LoggerFeatures.Artifacts,
        RecordKind.Checkpoint => LoggerFeatures.Checkpoints,
        _ => LoggerFeatures.None,
    };
}
