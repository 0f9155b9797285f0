using PluginLoggers.Benchmarks.Ratios;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>All figures, in the order in which they are measured.</summary>
internal static class FigureTable
{
    public static IReadOnlyList<(string Name, Func<Effort, Figure> Create)> All { get; } =
    [
        ("log.caller", effort => new LogCaller(effort, metricsPerCall: 5, Goal.AtMost(2))),
        ("log.caller.single", effort => new LogCaller(effort, metricsPerCall: 1, Goal.AtMost(3))),
        ("log.caller.backends", effort => new LogCallerBackends(effort)),
        ("log.caller.threads", effort => new LogCallerThreads(effort)),
        ("pipeline.tensorboard", effort => new PipelineTensorBoard(effort)),
        ("tensorboard.write", effort => new TensorBoardWrite(effort)),
        ("tensorboard.read", effort => new TensorBoardRead(effort)),
        ("csv.write", effort => new CsvWrite(effort)),
        ("csv.columns", effort => new CsvColumns(effort)),
        ("mlflow.send", effort => new MLflowSend(effort)),
        ("memory.lag", effort => new MemoryLag(effort)),
        ("start.plugins", _ => new StartPlugins()),
        ("journal.bytes", effort => new JournalBytes(effort)),
    ];
}
