using PluginLoggers.Contract;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

/// <summary>What reading a run gave: the calls, what is damaged, and what was left out.</summary>
internal sealed class ImportedRun : IImportTarget, IDisposable
{
    private readonly SettableTime _time = new();
    private readonly RecordingLogger _logger;

    private ImportedRun(ILightningLogger? logger)
    {
        _logger = new RecordingLogger(_time);
        Logger = logger ?? _logger;
    }

    public ILightningLogger Logger { get; }

    public DateTimeOffset? Time
    {
        get;
        set
        {
            field = value;
            _time.Now = value ?? DateTimeOffset.MinValue;
        }
    }

    public long BytesRead { get; set; }

    public RunStatus Status { get; private set; }

    public List<(string File, long Offset, string Reason)> Damage { get; } = [];

    public List<string> Skipped { get; } = [];

    public IReadOnlyList<LoggedRecord> Calls => _logger.Records;

    /// <summary>The calls as TensorBoard would show what they logged.</summary>
    public List<SeenPoint> Points => [.. Calls.SelectMany(PointsOf)];

    public static Dictionary<string, ImportedRun> ReadAll(string path) =>
        new TensorBoardPlugin().FindRuns(path).ToDictionary(run => run.Name, run => Read(run));

    public static ImportedRun Read(SourceRun run, ILightningLogger? logger = null)
    {
        var imported = new ImportedRun(logger);
        imported.Status = run.ReadTo(imported, CancellationToken.None);
        Assert.Equal(run.Bytes, imported.BytesRead);
        return imported;
    }

    public void Dispose() => _logger.Dispose();

    public void ReportDamage(string file, long offset, string reason) => Damage.Add((Path.GetFileName(file), offset, reason));

    public void ReportSkipped(string what) => Skipped.Add(what);

    private static IEnumerable<SeenPoint> PointsOf(LoggedRecord record)
    {
        var wallTime = WallTime.Of(record.Time);
        return record switch
        {
            LoggedRecord.Metrics metrics =>
                metrics.Values.Select(metric => new SeenPoint(metric.Name, wallTime, metrics.Step, SeenPoint.Scalar(metric.Value))),
            LoggedRecord.Text text => [new(text.Name + "/text_summary", wallTime, text.Step, SeenPoint.Text(text.Value))],
            LoggedRecord.Image image =>
                [new(image.Name, wallTime, image.Step, SeenPoint.Image(image.Value.Width, image.Value.Height, image.Value.Encoded.Length))],
            LoggedRecord.Audio { Value: var wav } audio =>
                [new(audio.Name, wallTime, audio.Step, SeenPoint.Audio(wav.SampleRate, wav.Channels, wav.Frames, wav.Wav.Length))],
            LoggedRecord.Graph graph => [new("__run_graph__", wallTime, 0, SeenPoint.Graph(
                graph.Value.Nodes.Select(node => (node.Name, node.Operation, (IEnumerable<string>)node.Inputs))))],
            LoggedRecord.Hyperparams hyperparams => [new("_hparams_/session_start_info", wallTime, hyperparams.Step ?? 0, SeenPoint.Hyperparams(
                hyperparams.Values.Select(hparam => (hparam.Key, hparam.Value))))],
            LoggedRecord.Custom { Kind: TensorBoardRecordKinds.Value } custom =>
                [PointOf(Summary.Types.Value.Parser.ParseFrom(custom.Payload.Span), custom.Name, wallTime, custom.Step)],
            LoggedRecord.Custom { Kind: TensorBoardRecordKinds.Summary } custom =>
                Summary.Parser.ParseFrom(custom.Payload.Span).Value.Select(value => PointOf(value, value.Tag, wallTime, custom.Step)),
            _ => throw new InvalidOperationException($"A {record.GetType().Name} was not expected."),
        };
    }

    private static SeenPoint PointOf(Summary.Types.Value value, string tag, double wallTime, long step)
    {
        var plugin = value.Metadata.PluginData;
        return new SeenPoint(tag, wallTime, step, plugin.PluginName == "custom_scalars"
            ? SeenPoint.Layout(LayoutJson.Of(value.Tensor.StringVal[0]))
            : SeenPoint.Tensor(plugin.PluginName, Convert.ToHexStringLower(plugin.Content.Span), Tensors.Numbers(value.Tensor ?? new TensorProto()) ?? []));
    }
}
