using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// Hands records to one instance of a backend: only its own, only what it can show, only the metrics that its filter accepts.
/// </summary>
internal sealed class RecordHandler(
    string key, ILightningLogger logger, MetricFilter filter, Action<DeadLetter> refused, Action<string> unsupported)
{
    private readonly LoggerFeatures _features = logger.Features;
    private readonly Dictionary<string, bool> _customKinds = new(StringComparer.Ordinal);
    private Metric[] _metrics = new Metric[16];
    private int _accepted;

    public long Delivered { get; private set; }

    public long Unsupported { get; private set; }

    public long DeadLetters { get; private set; }

    public void ResetCounts() => (Delivered, Unsupported, DeadLetters) = (0, 0, 0);

    /// <summary>Whether a record is for this backend, and one that it can show; what it cannot show is counted.</summary>
    public bool Reaches(in JournalRecord record)
    {
        if (record.Target is not null && !string.Equals(record.Target, key, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!CanShow(record))
        {
            Unsupported++;
            return false;
        }

        return !record.HasMetrics || filter.AcceptsAll || Accept(record.Metrics);
    }

    /// <summary>Hands over the record that was just found to reach the backend.</summary>
    /// <param name="record">The record.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="rejected">Why an earlier instance rejected the whole of it; null if none did.</param>
    /// <exception cref="LoggerRejectedException">
    /// The instance rejects the whole, and may have taken a part: it is to be given nothing more.
    /// </exception>
    public void Hand(in JournalRecord record, JournalPosition position, string? rejected = null)
    {
        try
        {
            if (record.HasMetrics)
            {
                HandMetrics(record, position, rejected is not null);
            }
            else if (rejected is not null)
            {
                Refuse(position, record.Kind, null, rejected);
            }
            else
            {
                HandOther(record);
                Delivered++;
            }
        }
        catch (LoggerRejectedException rejection) when (IsOne(record))
        {
            Refuse(position, record.Kind, null, rejection.Message);
        }
        catch (MalformedRecordException malformed)
        {
            Refuse(position, record.Kind, null, malformed.Message);
        }
    }

    /// <summary>Makes a dead letter of a record, or of one metric of it.</summary>
    public void Refuse(JournalPosition position, RecordKind kind, string? metric, string reason)
    {
        DeadLetters++;
        refused(new DeadLetter(position, kind.ToString(), metric, reason));
    }

    /// <summary>Whether a record is of one thing, which is taken or not. Of several, some may be taken before one is rejected.</summary>
    private bool IsOne(in JournalRecord record) =>
        record.HasMetrics ? Selected(record).Length == 1 : record.Kind != RecordKind.Hyperparameters;

    private ReadOnlySpan<Metric> Selected(in JournalRecord record) =>
        filter.AcceptsAll ? record.Metrics : _metrics.AsSpan(0, _accepted);

    private void HandMetrics(in JournalRecord record, JournalPosition position, bool oneByOne)
    {
        if (!oneByOne)
        {
            logger.LogMetrics(Selected(record), record.Step);
            Delivered++;
            return;
        }

        var metrics = Selected(record);
        var before = DeadLetters;
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

        Delivered += DeadLetters - before < metrics.Length ? 1 : 0;
    }

    private bool Accept(ReadOnlySpan<Metric> metrics)
    {
        if (_metrics.Length < metrics.Length)
        {
            _metrics = new Metric[metrics.Length];
        }

        _accepted = 0;
        foreach (ref readonly var metric in metrics)
        {
            if (filter.Accepts(metric.Name))
            {
                _metrics[_accepted++] = metric;
            }
        }

        return _accepted > 0;
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
            unsupported(feature == LoggerFeatures.Custom ? "open records" : feature.ToString().ToLowerInvariant());
            return false;
        }

        try
        {
            return record.Kind != RecordKind.Custom || CanShow(CustomRecord.KindOf(new RecordReader(record.Body)));
        }
        catch (MalformedRecordException)
        {
            // It is refused, with the reason, when it is handed over.
            return true;
        }
    }

    private bool CanShow(string customKind)
    {
        if (!_customKinds.TryGetValue(customKind, out var accepts))
        {
            _customKinds[customKind] = accepts = logger.AcceptsCustom(customKind);
        }

        if (!accepts)
        {
            unsupported($"open records of the kind {customKind}");
        }

        return accepts;
    }

    private static LoggerFeatures FeatureOf(RecordKind kind) => kind switch
    {
        RecordKind.Metrics or RecordKind.Sample => LoggerFeatures.Metrics,
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
