using System.Diagnostics.Metrics;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.Telemetry;

/// <summary>The instruments of the meter <c>PluginLoggers</c>, which any listener or exporter of .NET can read.</summary>
/// <remarks>
/// They cost a trainer nothing: what it logs is counted anyway and looked at only when a listener asks, and everything else is counted on
/// the threads that deliver. See <see href="https://learn.microsoft.com/dotnet/core/diagnostics/metrics"/>.
/// </remarks>
internal static class HostMeter
{
    public const string Name = "PluginLoggers";

    /// <summary>The logger's key.</summary>
    public const string LoggerTag = "logger";

    /// <summary>The alias of its plug-in.</summary>
    public const string TypeTag = "type";

    /// <summary>The run, <c>name/version</c>.</summary>
    public const string RunTag = "run";

    private const string Record = "{record}";

    private static readonly Lock Gate = new();
    private static readonly HashSet<RunSession> Runs = [];
    private static readonly Meter Meter = new(Name, typeof(HostMeter).Assembly.GetName().Version?.ToString(3));

    public static Counter<long> Delivered { get; } = Meter.CreateCounter<long>(
        "pluginloggers.records.delivered", Record, "Records that a backend has.");

    public static Counter<long> Unsupported { get; } = Meter.CreateCounter<long>(
        "pluginloggers.records.unsupported", Record, "Records that a backend was not given, because it cannot show such.");

    public static Counter<long> DeadLetters { get; } = Meter.CreateCounter<long>(
        "pluginloggers.records.dead_letters", Record, "Records, or metrics of one, that a backend refused for good.");

    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>(
        "pluginloggers.delivery.retries", "{retry}", "Failures after which delivery was begun again from the last save.");

    public static Histogram<double> SaveDuration { get; } = Meter.CreateHistogram<double>(
        "pluginloggers.save.duration", "s", "How long a backend's save takes.");

    static HostMeter()
    {
        Meter.CreateObservableCounter(
            "pluginloggers.records.accepted", () => OfRuns(run => run.Accepted), Record, "Records that were logged.");
        Meter.CreateObservableCounter(
            "pluginloggers.records.dropped",
            () => OfRuns(run => run.Dropped),
            Record,
            "Records that were dropped, because the journal's disk refused them.");
        Meter.CreateObservableUpDownCounter(
            "pluginloggers.lag.records",
            () => OfLoggers((run, loop) => run.LagOf(loop)),
            Record,
            "Records that a backend does not have yet.");
        Meter.CreateObservableUpDownCounter(
            "pluginloggers.lag.bytes",
            () => OfLoggers((run, loop) => run.UndeliveredBytes(loop)),
            "By",
            "Bytes of the journal that a backend does not have yet.");
    }

    /// <summary>Counts a run as long as it is open.</summary>
    public static void Add(RunSession run)
    {
        lock (Gate)
        {
            Runs.Add(run);
        }
    }

    public static void Remove(RunSession run)
    {
        lock (Gate)
        {
            Runs.Remove(run);
        }
    }

    private static RunSession[] Open()
    {
        lock (Gate)
        {
            return [.. Runs];
        }
    }

    private static IEnumerable<Measurement<long>> OfRuns(Func<RunSession, long> measure) =>
        Open().Select(run => new Measurement<long>(measure(run), KeyValuePair.Create<string, object?>(RunTag, run.Title)));

    private static List<Measurement<long>> OfLoggers(Func<RunSession, Delivery.DeliveryLoop, long> measure)
    {
        var measurements = new List<Measurement<long>>();
        foreach (var run in Open())
        {
            try
            {
                measurements.AddRange(run.Loops.Select(loop => new Measurement<long>(measure(run, loop), loop.Meter.Tags)));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Its folder cannot be read at this moment: that is told elsewhere, and the other runs are measured.
            }
        }

        return measurements;
    }
}
