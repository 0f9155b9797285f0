using System.Globalization;
using System.Text.Json;
using PluginLoggers.Contract;

namespace PluginLoggers.Abstractions.Tests.Contract;

/// <summary>The contract suite itself, on a backend that keeps the contract.</summary>
public class LineLoggerContractTests : LightningLoggerContractTests
{
    private readonly Defect _defect;

    public LineLoggerContractTests()
    {
    }

    internal LineLoggerContractTests(Defect defect) => _defect = defect;

    protected override ILightningLogger Create(LoggerContext context) => new LineLogger(context, _defect);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context) =>
    [
        .. Lines(context).Where(line => !IsStatus(line)).Select(line => line.Split('\t')).Select(cells => new RecordedPoint(
            JsonSerializer.Deserialize<string>(cells[3])!,
            long.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(cells[0], CultureInfo.InvariantCulture)))),
    ];

    protected override RunStatus? ReadStatus(LoggerContext context) =>
        Lines(context).LastOrDefault(IsStatus) is { } line ? Enum.Parse<RunStatus>(line[7..]) : RunStatus.Running;

    private static bool IsStatus(string line) => line.StartsWith("status ", StringComparison.Ordinal);

    private static string[] Lines(LoggerContext context)
    {
        var file = Path.Combine(context.OutputDirectory, "lines.txt");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
