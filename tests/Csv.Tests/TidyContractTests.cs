using System.Globalization;
using System.Text;
using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests;

public sealed class TidyContractTests : LightningLoggerContractTests
{
    protected override ILightningLogger Create(LoggerContext context) =>
        new CsvPlugin().Create(new CsvOptions { Layout = CsvLayout.Tidy, Separator = ";" }, context);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context)
    {
        var path = Path.Combine(context.OutputDirectory, "metrics.csv");
        if (!File.Exists(path))
        {
            return [];
        }

        var rows = CsvTable.Parse(Encoding.UTF8.GetString(TestRun.ReadShared(path)), ';').Rows;
        return
        [
            .. rows.Select(row => new RecordedPoint(row[1], long.Parse(row[0], CultureInfo.InvariantCulture), CsvTable.Number(row[2]))),
        ];
    }

    protected override IReadOnlyDictionary<string, string?>? ReadHyperparams(LoggerContext context) =>
        Yaml.LoadFlat(File.ReadAllText(Path.Combine(context.OutputDirectory, "hparams.yaml")))
            .ToDictionary(entry => entry.Key, entry => Convert.ToString(entry.Value, CultureInfo.InvariantCulture));
}
