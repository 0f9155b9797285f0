using PluginLoggers.Contract;
using PluginLoggers.TensorBoard.Protos;

namespace PluginLoggers.TensorBoard.Tests;

public sealed class TensorBoardContractTests : LightningLoggerContractTests
{
    protected override ILightningLogger Create(LoggerContext context) => new TensorBoardPlugin().Create(new TensorBoardOptions(), context);

    protected override IReadOnlyList<RecordedPoint> ReadMetrics(LoggerContext context)
    {
        if (!Directory.Exists(context.OutputDirectory))
        {
            return [];
        }

        var records = DecodedRecord.ReadFile(Assert.Single(Directory.GetFiles(context.OutputDirectory, "*tfevents*")));
        return
        [
            .. from record in records
               from value in record.Event.Summary?.Value ?? []
               where value.ValueCase == Summary.Types.Value.ValueOneofCase.SimpleValue && value.Tag != "hp_metric"
               select new RecordedPoint(
                   value.Tag, record.Event.Step, value.SimpleValue, DateTimeOffset.UnixEpoch.AddSeconds(record.Event.WallTime)),
        ];
    }

    /// <summary>TensorBoard keeps floats.</summary>
    protected override double Expected(double value) => (float)value;
}
