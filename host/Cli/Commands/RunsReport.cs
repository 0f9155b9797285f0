using System.Globalization;
using System.Text.Json;
using PluginLoggers.Hosting;
using Spectre.Console;

namespace PluginLoggers.Cli.Commands;

/// <summary>Shows runs, to a person or to a program.</summary>
internal static class RunsReport
{
    public static void WriteTable(IAnsiConsole console, IReadOnlyList<RunSummary> runs)
    {
        var table = new Table { Border = console.IsLive() ? TableBorder.Rounded : TableBorder.None };
        foreach (var heading in (string[])["RUN", "STATUS", "STARTED", "LOGGERS"])
        {
            table.AddColumn(new TableColumn(heading) { NoWrap = heading != "LOGGERS" });
        }

        foreach (var run in runs)
        {
            var started = run.Created?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
            var loggers = run.Problem is not null ? "-" : string.Join("; ", run.Deliveries.Select(Describe));
            string[] cells = [$"{run.Name}/{run.Version}", Status(run), started, loggers];
            table.AddRow(cells.Select(cell => new Text(Terminals.Printable(cell))));
        }

        console.Write(table);
        foreach (var run in runs.Where(run => run.Problem is not null))
        {
            console.WriteLine(Terminals.Printable($"{run.Name}/{run.Version}: {run.Problem}"));
        }

        foreach (var (run, delivery) in runs.SelectMany(run => run.Deliveries.Select(delivery => (run, delivery))))
        {
            if (delivery is { IsComplete: false, LastFailure: { } failure })
            {
                console.WriteLine(Terminals.Printable($"{run.Name}/{run.Version} {delivery.Key}: {failure}"));
            }
        }
    }

    public static void WriteJson(TextWriter writer, IEnumerable<RunSummary> runs) => Json.Write(writer, json =>
    {
        json.WriteStartArray();
        foreach (var run in runs)
        {
            json.WriteStartObject();
            WriteMembers(json, run);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>What came of a synchronization: the runs, with what could not be done as <c>"notes": [...]</c>.</summary>
    public static void WriteJson(TextWriter writer, IEnumerable<SynchronizedRun> results) => Json.Write(writer, json =>
    {
        json.WriteStartArray();
        foreach (var result in results)
        {
            json.WriteStartObject();
            WriteMembers(json, result.Run);
            json.WriteBoolean("leftAlone", result.IsLeftAlone);
            json.WriteNumber("damagedBytes", result.DamagedBytes);
            json.WriteNumber("unreadableRecords", result.UnreadableRecords);
            json.WriteStartArray("notes");
            foreach (var note in result.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>A word or more for how a run stands.</summary>
    public static string Status(RunSummary run) => run switch
    {
        { Problem: not null } => "unreadable",
        { IsInterrupted: true } => "interrupted" + Completeness(run),
        { Writer: { } writer } => $"{Word(run.Status)} ({writer}){Completeness(run)}",
        _ => Word(run.Status) + Completeness(run),
    };

    private static string Completeness(RunSummary run) => run.IsIncomplete ? ", incomplete" : "";

    /// <summary>What a program is told of a run, as members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteString("name", run.Name);
        json.WriteString("version", run.Version);
        json.WriteString("id", run.RunId);
        json.WriteString("directory", run.Directory);
        json.WriteString("status", run.IsInterrupted ? "interrupted" : Word(run.Status));
        json.WriteString("writer", run.Writer);
        json.WriteBoolean("incomplete", run.IsIncomplete);
        json.WriteString("created", run.Created?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("ended", run.Ended?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("problem", run.Problem);
        DeliveriesJson.Write(json, run.Deliveries);
    }

    private static string Describe(LoggerDelivery delivery) =>
        delivery.Key
        + (delivery.IsComplete ? " delivered" : FormattableString.Invariant($" behind by {delivery.UndeliveredBytes} bytes"))
        + (delivery.DeadLetters > 0 ? FormattableString.Invariant($", {delivery.DeadLetters} rejected") : "");

    private static string Word(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Finished => "finished",
        RunStatus.Failed => "failed",
        _ => "killed",
    };
}
