using Google.Protobuf;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard;

/// <summary>
/// A run as the HPARAMS tab sees it, a session: its hyperparameters when they are logged, its status when the run ends. torch writes both
/// at once, so that a run which is still training, or has failed, is shown as a success.
/// </summary>
/// <remarks>
/// Both readers of TensorBoard keep the first metadata of a tag for the life of a run. So a session is begun once, and ended once; a run
/// that was <see cref="RunStatus.Killed"/> is left open, which the tab shows as unknown, and can still be finished when it is resumed.
/// </remarks>
internal sealed class HparamsSession(EventWriter events, LoggerContext context, HparamsSessionState state)
{
    /// <summary>What the tags begin with that TensorBoard looks for.</summary>
    public const string TagPrefix = "_hparams_/";

    /// <summary>The tag of what is known of hyperparameters and metrics before any run, such as their domains.</summary>
    public const string ExperimentTag = TagPrefix + "experiment";

    private const string Plugin = "hparams";
    private const string StartTag = TagPrefix + "session_start_info";
    private const string EndTag = TagPrefix + "session_end_info";

    public HparamsSessionState State { get; private set; } = state;

    public bool IsBegun => State.Checksum is not null;

    /// <summary>Whether it was said which hyperparameters and metrics there are.</summary>
    public bool IsDescribed => State.IsDescribed;

    /// <summary>Says which hyperparameters and metrics there are: the columns of the tab, with types and domains.</summary>
    /// <param name="serializedValue">A value of a summary, with an Experiment in its metadata.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="LoggerRejectedException">It is something else.</exception>
    public void Describe(ReadOnlySpan<byte> serializedValue, long step)
    {
        if (IsDescribed)
        {
            context.Report(
                    "TensorBoard's HPARAMS tab shows the columns that are described first; others that are described later are not shown.");
            return;
        }

        events.AppendValue(serializedValue, Check, step);
        State = State with { IsDescribed = true };

        static void Check(Summary.Types.Value value)
        {
            if (value.Metadata?.PluginData is not { PluginName: Plugin } data || !IsExperiment(data.Content))
            {
                throw new LoggerRejectedException($"The value of {ExperimentTag} describes no hyperparameters.");
            }

            value.Tag = ExperimentTag;
        }
    }

    /// <summary>Begins the session.</summary>
    /// <param name="hyperparams">Flat names and values; none, and there is no session.</param>
    /// <param name="metricTags">The tags of the metrics by which runs are compared.</param>
    /// <param name="step">The step.</param>
    public void Begin(IReadOnlyDictionary<string, object?> hyperparams, IReadOnlyCollection<string> metricTags, long step)
    {
        if (hyperparams.Count == 0)
        {
            return;
        }

        var start = new SessionStartInfo { StartTimeSecs = WallTime.Of(context.StartTime) };
        foreach (var (name, value) in hyperparams)
        {
            start.Hparams[name] = HparamsValues.ToValue(value);
        }

        var checksum = HparamsValues.Checksum(start.Hparams);
        if (IsBegun)
        {
            if (State.Checksum != checksum)
            {
                context.Report(
                "TensorBoard's HPARAMS tab shows the hyperparameters that a run logs first; others that it logs later are not shown there. "
                    + "Log them in one call.");
            }

            return;
        }

        // The first experiment that TensorBoard finds in any run sets the metrics of all of them; one without metrics would take away the
        // columns of the others. Without any, TensorBoard makes the columns of what the sessions hold.
        if (metricTags.Count > 0 && !IsDescribed)
        {
            State = State with { IsDescribed = true };
            Append(ExperimentTag, new HParamsPluginData { Experiment = Describe(start, metricTags) }, step);
        }

        Append(StartTag, new HParamsPluginData { SessionStartInfo = start }, step);
        State = State with { Checksum = checksum };
    }

    /// <summary>Ends the session, if there is one and the status is an end.</summary>
    public void End(RunStatus status)
    {
        if (!IsBegun || status is not (RunStatus.Finished or RunStatus.Failed))
        {
            return;
        }

        if (State.Status is { } first)
        {
            if (first != status)
            {
                context.Report(
                    $"TensorBoard's HPARAMS tab shows the status with which a run ended first, {first}; "
                    + $"that it is {status} now is not shown there.");
            }

            return;
        }

        var end = new SessionEndInfo
        {
            Status = status == RunStatus.Finished ? Status.Success : Status.Failure,
            EndTimeSecs = events.Now,
        };
        Append(EndTag, new HParamsPluginData { SessionEndInfo = end }, step: 0);
        State = State with { Status = status };
    }

    private static bool IsExperiment(ByteString content)
    {
        try
        {
            return HParamsPluginData.Parser.ParseFrom(content).DataCase == HParamsPluginData.DataOneofCase.Experiment;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static Experiment Describe(SessionStartInfo start, IEnumerable<string> metricTags)
    {
        var experiment = new Experiment();
        foreach (var (name, value) in start.Hparams)
        {
            experiment.HparamInfos.Add(new HParamInfo { Name = name, Type = HparamsValues.TypeOf(value) });
        }

        foreach (var tag in metricTags)
        {
            experiment.MetricInfos.Add(new MetricInfo { Name = new MetricName { Tag = tag } });
        }

        return experiment;
    }

    /// <summary>The data stands in the metadata; the value itself is left out.</summary>
    private void Append(string tag, HParamsPluginData data, long step) =>
        events.AppendValue(new Summary.Types.Value { Tag = tag, Metadata = SummaryValues.Metadata(Plugin, data.ToByteString()) }, step);
}
