using System.Globalization;
using System.Text;
using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

public sealed class CsvContractTests : LightningLoggerContractTests
{
    protected override ILightningLogger Create(LoggerContext context) => new CsvPlugin().Create(new CsvOptions(), context);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context)
    {
        var path = Path.Combine(context.OutputDirectory, "metrics.csv");
        if (!File.Exists(path))
        {
            return [];
        }

        var table = CsvTable.Parse(Encoding.UTF8.GetString(TestRun.ReadShared(path)));
        return [.. table.Points().Select(point => new RecordedPoint(point.Column, point.Step, point.Value))];
    }

    protected override IReadOnlyDictionary<string, string?>? ReadHyperparams(LoggerContext context) =>
        Yaml.LoadFlat(File.ReadAllText(Path.Combine(context.OutputDirectory, "hparams.yaml")))
            .ToDictionary(entry => entry.Key, entry => Convert.ToString(entry.Value, CultureInfo.InvariantCulture));
}
