using PluginLoggers.Contract;
using PluginLoggers.Csv.Tests.Support;

namespace PluginLoggers.Csv.Tests.Table;

public sealed class AllocationTests
{
    [Fact]
    public void A_call_allocates_nothing_once_there_is_room_for_its_row()
    {
        using var run = new TestRun();
        using var logger = run.Create();
        Metric[] metrics = [new("train/loss", 0.5), new("lr", 0.25), new("acc", 0.125), new("epoch", 1), new("grad_norm", 2)];
        Metric[] otherOrder = [.. metrics.Reverse()];

        Assert.Equal(0, ThreadAllocations.Fewest(Log, between: () => logger.SaveAsync().AsTask().GetAwaiter().GetResult()));

        void Log()
        {
            for (var step = 0; step < 1000; step++)
            {
                logger.LogMetrics(step % 2 == 0 ? metrics : otherOrder, step);
            }
        }
    }
}
