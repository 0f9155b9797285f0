using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;
using Value = PluginLoggers.TensorBoard.Protos.Summary.Types.Value;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// Logs the events of a run, each by itself and in their order, so that a run which has grown gives the same calls and then more. What
/// TensorBoard alone can show becomes an open record.
/// </summary>
internal sealed class EventImport(IImportTarget target)
{
    /// <summary>Room for what an import adds to a name, such as the number of an image.</summary>
    private const int MaxTagBytes = RecordLimits.MaxNameBytes - 64;

    /// <summary>Room for the name beside the value.</summary>
    private const int MaxValueBytes = RecordLimits.MaxRecordBytes - (2 * RecordLimits.MaxNameBytes);

    private readonly Dictionary<string, SummaryMetadata> _metadata = new(StringComparer.Ordinal);
    private readonly List<Metric> _metrics = [];
    private RunStatus? _status;

    /// <summary>How the run ended; TensorBoard keeps the first word on it.</summary>
    public RunStatus Status => _status ?? RunStatus.Finished;

    private ILightningLogger Logger => target.Logger;

    /// <summary>Logs what one event holds.</summary>
    /// <returns>What is wrong with it, in words, or null.</returns>
    public string? Log(Event source, long bytes)
    {
        switch (source.WhatCase)
        {
            case Event.WhatOneofCase.Summary when !EventWriter.IsRepetition(source):
                SetTime(source.WallTime);
                return LogSummary(source.Summary, source.Step);
            case Event.WhatOneofCase.GraphDef:
                SetTime(source.WallTime);
                return LogGraph(source.GraphDef, bytes);
            case Event.WhatOneofCase.LogMessage:
                target.ReportSkipped("log messages");
                break;
            case Event.WhatOneofCase.TaggedRunMetadata:
                target.ReportSkipped("run metadata");
                break;
            case Event.WhatOneofCase.MetaGraphDef:
                target.ReportSkipped("meta graphs");
                break;
            default:
                // Nothing that was logged: the version of the file, the start and the end of a session, what is to come.
                break;
        }

        return null;
    }

    /// <summary>Logs a scalar in the old form, as the only value of its event.</summary>
    public void Log(in ScalarPoint scalar)
    {
        SetTime(scalar.WallTime);
        if (IsTooLong(scalar.Tag))
        {
            return;
        }

        if (!_metadata.ContainsKey(scalar.Tag))
        {
            Remember(scalar.Tag, SummaryValues.Metadata("scalars", ByteString.Empty));
        }

        Logger.LogMetrics([new Metric(scalar.Tag, scalar.Value)], scalar.Step);
    }

    private bool IsTooLong(string tag)
    {
        var isTooLong = tag.Length > MaxTagBytes / 4 && Encoding.UTF8.GetByteCount(tag) > MaxTagBytes;
        if (isTooLong)
        {
            target.ReportSkipped("values with a tag longer than 32 KiB");
        }

        return isTooLong;
    }

    private void SetTime(double wallTime)
    {
        target.Time = WallTime.ToMoment(wallTime);
        if (target.Time is null)
        {
            target.ReportSkipped("wall times that are no date");
        }
    }

    private string? LogGraph(ByteString bytes, long size)
    {
        if (size > MaxValueBytes)
        {
            target.ReportSkipped("graphs larger than 64 MiB");
            return null;
        }

        try
        {
            Logger.LogGraph(Graphs.FromGraphDef(GraphDef.Parser.ParseFrom(bytes)));
            return null;
        }
        catch (InvalidProtocolBufferException exception)
        {
            return $"its bytes are no graph: {exception.Message}";
        }
    }

    private string? LogSummary(Summary summary, long step)
    {
        string? defect = null;
        if (summary.Value.Count > 1 && summary.Value.All(value => PluginOf(value) == "mesh"))
        {
            // The vertices, faces and colours of one mesh.
            LogOpen(TensorBoardRecordKinds.Summary, summary.Value[0].Tag, summary, step);
            return null;
        }

        foreach (var value in summary.Value)
        {
            var tag = value.Tag.Length == 0 && value.ValueCase == Value.ValueOneofCase.Tensor ? value.NodeName : value.Tag;
            if (IsTooLong(tag))
            {
                continue;
            }

            if (ScalarOf(tag, value) is { } scalar)
            {
                _metrics.Add(new Metric(tag, scalar));
                if (_metrics.Count == RecordLimits.MaxMetricsPerCall)
                {
                    LogMetrics(step);
                }

                continue;
            }

            LogMetrics(step);
            defect = LogValue(tag, value, step) ?? defect;
        }

        LogMetrics(step);
        return defect;
    }

    private double? ScalarOf(string tag, Value value)
    {
        if (value.ValueCase == Value.ValueOneofCase.SimpleValue)
        {
            // A scalar in the old form makes its tag one of scalars.
            Remember(tag, value.Metadata ?? SummaryValues.Metadata("scalars", ByteString.Empty));
            return value.SimpleValue;
        }

        return value.ValueCase == Value.ValueOneofCase.Tensor && Remember(tag, value.Metadata)?.PluginData?.PluginName == "scalars"
            ? Tensors.Scalar(value.Tensor)
            : null;
    }

    /// <summary>The first metadata of a tag counts, for the life of the run.</summary>
    private SummaryMetadata? Remember(string tag, SummaryMetadata? metadata)
    {
        if (_metadata.TryGetValue(tag, out var first) || metadata is null)
        {
            return first;
        }

        if (metadata.DisplayName.Length > 0 || metadata.SummaryDescription.Length > 0)
        {
            target.ReportSkipped("display names and descriptions of tags");
        }

        _metadata.Add(tag, metadata);
        return metadata;
    }

    private string? PluginOf(Value value) => (_metadata.GetValueOrDefault(value.Tag) ?? value.Metadata)?.PluginData?.PluginName;

    private void LogMetrics(long step)
    {
        if (_metrics.Count > 0)
        {
            Logger.LogMetrics(CollectionsMarshal.AsSpan(_metrics), step);
            _metrics.Clear();
        }
    }

    private string? LogValue(string tag, Value value, long step)
    {
        var metadata = Remember(tag, value.Metadata);
        var plugin = metadata?.PluginData?.PluginName;
        if (plugin == "hparams")
        {
            return LogHparams(tag, value, step);
        }

        if (value.CalculateSize() > MaxValueBytes)
        {
            target.ReportSkipped("values larger than 64 MiB");
            return null;
        }

        switch (value.ValueCase)
        {
            case Value.ValueOneofCase.None:
                target.ReportSkipped("values without content");
                return null;
            case Value.ValueOneofCase.ObsoleteOldStyleHistogram:
                target.ReportSkipped("histograms in a form that TensorBoard does not read any more");
                return null;
        }

        if (!MediaImport.TryLog(Logger, tag, plugin, value, step))
        {
            // It is complete by itself: a target may get it without what came before.
            var whole = metadata is null || value.Metadata is not null ? value : new Value(value) { Metadata = metadata };
            LogOpen(TensorBoardRecordKinds.Value, tag, whole, step);
        }

        return null;
    }

    private string? LogHparams(string tag, Value value, long step)
    {
        HParamsPluginData data;
        try
        {
            data = HParamsPluginData.Parser.ParseFrom(value.Metadata?.PluginData?.Content ?? ByteString.Empty);
        }
        catch (InvalidProtocolBufferException exception)
        {
            return $"the metadata of {tag} is nothing for the HPARAMS tab: {exception.Message}";
        }

        switch (data.DataCase)
        {
            case HParamsPluginData.DataOneofCase.Experiment:
                LogOpen(TensorBoardRecordKinds.Value, tag, value, step);
                break;
            case HParamsPluginData.DataOneofCase.SessionStartInfo:
                LogHyperparams(data.SessionStartInfo, step);
                break;
            case HParamsPluginData.DataOneofCase.SessionEndInfo:
                _status ??= data.SessionEndInfo.Status == Protos.Status.Failure ? RunStatus.Failed : RunStatus.Finished;
                break;
            default:
                target.ReportSkipped("values without content");
                break;
        }

        return null;
    }

    private void LogHyperparams(SessionStartInfo start, long step)
    {
        if (start.GroupName.Length + start.ModelUri.Length + start.MonitorUrl.Length > 0)
        {
            target.ReportSkipped("groups and addresses of hyperparameter sessions");
        }

        if (start.CalculateSize() > MaxValueBytes
            || start.Hparams.Keys.Any(name => Encoding.UTF8.GetByteCount(name) > RecordLimits.MaxNameBytes))
        {
            target.ReportSkipped("hyperparameters larger than 64 MiB, or with a name longer than 32 KiB");
            return;
        }

        // The metrics by which runs are compared are scalars of their own in the file: none come with the hyperparameters.
        Logger.LogHyperparams(
            start.Hparams.ToDictionary(hparam => hparam.Key, hparam => HparamsValues.FromValue(hparam.Value), StringComparer.Ordinal),
            new Dictionary<string, double>(),
            step);
    }

    private void LogOpen(string kind, string name, IMessage payload, long step)
    {
        if (payload.CalculateSize() > MaxValueBytes)
        {
            target.ReportSkipped("values larger than 64 MiB");
            return;
        }

        Logger.LogCustom(kind, name, payload.ToByteArray(), step);
    }
}
