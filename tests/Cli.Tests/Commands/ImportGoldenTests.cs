using System.Globalization;
using System.Text.Json.Nodes;
using PluginLoggers.Cli.Tests.Support;
using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Cli.Tests.Commands;

/// <summary>Log directories that torch and Lightning wrote, imported into TensorBoard and CSV and read back from there.</summary>
public sealed class ImportGoldenTests : IDisposable
{
    private static readonly PluginCatalog Catalog = PluginCatalog.Discover(["plugins"]);

    private readonly Workspace _workspace = new();

    public static TheoryData<string> Cases =>
    [
        .. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Golden"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_imported_is_what_was_there(string name)
    {
        _workspace.WriteConfiguration(new JsonObject
        {
            ["tensorboard"] = new JsonObject { ["Type"] = "TensorBoard" },
            ["csv"] = new JsonObject { ["Type"] = "Csv" },
        });
        var place = Path.Combine(AppContext.BaseDirectory, "Golden", name);
        var sources = Read("TensorBoard", place);
        var isDamaged = sources.Values.Any(source => source.Damages.Count > 0);

        for (var i = 0; i < 2; i++)
        {
            var result = await _workspace.RunAsync("import", place);

            Assert.True(result.ExitCode == (isDamaged ? ExitCode.Failed : ExitCode.Done), result.ToString());
            foreach (var (folder, source) in sources)
            {
                var version = string.Join('-', [name, .. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
                var run = _workspace.At("runs", "test", version);
                var written = Read("TensorBoard", run).GetValueOrDefault("");
                Assert.Equal(Described(source), Described(written));
                Assert.Equal(Scalars(source), Scalars(Read("Csv", run).GetValueOrDefault("")));
            }
        }
    }

    private static Dictionary<string, RecordingTarget> Read(string format, string place)
    {
        var found = new Dictionary<string, RecordingTarget>();
        foreach (var run in ((IRunSource)Catalog.Load(format)).FindRuns(place))
        {
            found[run.Name] = new RecordingTarget();
            run.ReadTo(found[run.Name], CancellationToken.None);
        }

        return found;
    }

    private static List<string> Scalars(RecordingTarget? target, Func<double, double>? rounded = null) =>
    [
        .. (target?.Records ?? []).SelectMany(record => record switch
        {
            LoggedRecord.Metrics metrics =>
                metrics.Values.Select(metric => Line(metric.Name, metrics.Step, rounded?.Invoke(metric.Value) ?? metric.Value)),
            LoggedRecord.Hyperparams { ComparedBy: { } compared } hyperparams =>
                compared.Select(metric => Line(metric.Key, hyperparams.Step ?? 0, rounded?.Invoke(metric.Value) ?? metric.Value)),
            _ => [],
        }).Order(StringComparer.Ordinal),
    ];

    private static string Line(string name, long step, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} @{step} = {value:R}");

    /// <summary>Scalars, images, texts, histograms and hyperparameters. A scalar of TensorBoard is a float of 32 bits.</summary>
    private static List<string> Described(RecordingTarget? target) =>
    [
        .. Scalars(target, value => (float)value).Concat((target?.Records ?? []).SelectMany(record => record switch
        {
            LoggedRecord.Image image => [Line(record, image.Name, image.Step, Convert.ToHexString(image.Value.Encoded.Span))],
            LoggedRecord.Text text => [Line(record, text.Name, text.Step, text.Value)],
            LoggedRecord.Histogram { Value: var value } histogram =>
                [Line(record, histogram.Name, histogram.Step, $"{string.Join(' ', value.BucketLimits.ToArray())}: {Counts(value)}")],
            LoggedRecord.Hyperparams hyperparams => hyperparams.Values.Select(value => $"hparam {value.Key} = {value.Value}"),
            _ => (string[])[],
        })).Order(StringComparer.Ordinal),
    ];

    private static string Counts(HistogramData value) => string.Join(' ', value.BucketCounts.ToArray());

    private static string Line(LoggedRecord record, string name, long step, string value) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.GetType().Name} {name} @{step} {record.Time:O} = {value}");
}
