using System.Globalization;
using System.Text.Json;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>Says where a run and the output of each of its backends is, how to open it, and what is undelivered.</summary>
internal static class RunReport
{
    /// <summary>What the command that logged the run ends with, if nothing else was wrong.</summary>
    public static int ExitCodeOf(LightningRun run) => run.IsIncomplete ? ExitCode.Failed
        : run.Deliveries.All(delivery => delivery is { IsComplete: true, DeadLetters: 0 }) ? ExitCode.Done
        : ExitCode.Undelivered;

    public static void Write(TextWriter writer, LightningRun run)
    {
        WriteLine(writer, "run", Short(run.RunDirectory));
        foreach (var delivery in run.Deliveries)
        {
            WriteLine(writer, delivery.Key, Describe(delivery, run));
        }
    }

    public static void Write(Utf8JsonWriter json, LightningRun run)
    {
        json.WriteStartObject("run");
        json.WriteString("id", run.RunId);
        json.WriteString("name", run.Name);
        json.WriteString("version", run.Version);
        json.WriteString("directory", Path.GetFullPath(run.RunDirectory));
        json.WriteEndObject();

        DeliveriesJson.Write(json, run.Deliveries);
    }

    public static void WriteLine(TextWriter writer, string name, string value) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {value}"));

    /// <summary>A path as one would type it here.</summary>
    public static string Short(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Describe(LoggerDelivery delivery, LightningRun run)
    {
        var location =
            delivery.Location is null ? "-" : Path.IsPathFullyQualified(delivery.Location) ? Short(delivery.Location) : delivery.Location;
        var undelivered = delivery.IsComplete
            ? ""
            : $"\n{"",-12} undelivered: {delivery.UndeliveredBytes} bytes, which stay in the run's journal for `pluginloggers sync`"
                + Because(delivery);
        var rejected = delivery.DeadLetters > 0 ? $"\n{"",-12} rejected: {delivery.DeadLetters} records, listed in the run's folder" : "";
        return location + HowToOpen(delivery, run) + undelivered + rejected;
    }

    private static string Because(LoggerDelivery delivery) => delivery switch
    {
        { Hangs: true } => "; the logger hangs",
        { LastFailure: { } failure } => $"; {failure}",
        _ => "",
    };

    // The command knows no plug-in, but people know TensorBoard, and how it is opened is not in its location.
    private static string HowToOpen(LoggerDelivery delivery, LightningRun run) =>
        delivery.Type.Equals("TensorBoard", StringComparison.OrdinalIgnoreCase) ? $"  (tensorboard --logdir {Short(run.SaveDir!)})" : "";
}
