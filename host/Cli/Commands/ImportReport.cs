using System.Globalization;
using System.Text.Json;
using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>Says what came of an import: a line a run, and what could not be read or is left out on the standard error.</summary>
/// <param name="streams">Where to.</param>
/// <param name="asJson">For a script, not for a person.</param>
internal sealed class ImportReport(StandardStreams streams, bool asJson)
{
    private readonly List<ImportedRun> _runs = [];

    public int ExitCode => _runs.TrueForAll(run => run.IsWhole)
        ? _runs.TrueForAll(run => run.IsDelivered) ? Cli.ExitCode.Done : Cli.ExitCode.Undelivered
        : Cli.ExitCode.Failed;

    /// <summary>Tells of a run when it is done: an import of many takes its time.</summary>
    public void Add(ImportedRun run)
    {
        _runs.Add(run);
        if (!asJson)
        {
            streams.Out.WriteLine(Terminals.Printable($"{NameOf(run)}  {Outcome(run)}"));
        }

        foreach (var line in Remarks(run))
        {
            streams.Error.WriteLine(Terminals.Printable($"{NameOf(run)}: {line}"));
        }
    }

    /// <summary>Writes the JSON, if that is wanted, of all runs there were.</summary>
    public void Write()
    {
        if (asJson)
        {
            Json.Write(streams.Out, Write);
        }
    }

    private static string NameOf(ImportedRun run) => $"{run.Source.Name}/{run.Source.Version}";

    private static string Outcome(ImportedRun run) =>
        (run switch
        {
            { Failure: not null, Run: null } => "not imported",
            { Failure: not null } => "imported in part",
            { DamageCount: > 0 } => "imported, damaged",
            _ => "imported",
        })
        + (run.Run is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {run.Calls} records, {run.NewCalls} new"))
        + (run is { Run: not null, IsDelivered: false } ? "  still behind" : "");

    private static IEnumerable<string> Remarks(ImportedRun run)
    {
        if (run.Failure is not null)
        {
            yield return run.Failure;
        }

        foreach (var damage in run.Damages)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{damage.File}, byte {damage.Offset}: {damage.Reason}");
        }

        if (run.DamageCount > run.Damages.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{run.DamageCount - run.Damages.Count} more places are damaged");
        }

        foreach (var (what, count) in run.Skipped)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"left out: {what} ({count})");
        }

        foreach (var delivery in run.Run?.Deliveries ?? [])
        {
            if (delivery.UnsupportedRecords > 0)
            {
                var records = delivery.UnsupportedRecords == 1 ? "record" : "records";
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{delivery.Key} cannot show {delivery.UnsupportedRecords} {records}");
            }

            if (!delivery.IsComplete)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{delivery.Key}: {delivery.UndeliveredBytes} bytes are still to be delivered, by `pluginloggers sync`")
                    + (delivery.LastFailure is null ? "" : $": {delivery.LastFailure}");
            }

            if (delivery.DeadLetters > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{delivery.Key} refused {delivery.DeadLetters} records, listed in the run's folder");
            }
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var run in _runs)
        {
            json.WriteStartObject();
            json.WriteString("source", run.Source.Path);
            json.WriteString("format", run.Source.Format);
            json.WriteNumber("records", run.Calls);
            json.WriteNumber("newRecords", run.NewCalls);
            json.WriteString("failure", run.Failure);
            json.WriteNumber("damagedPlaces", run.DamageCount);
            json.WriteStartArray("damages");
            foreach (var damage in run.Damages)
            {
                json.WriteStartObject();
                json.WriteString("file", damage.File);
                json.WriteNumber("offset", damage.Offset);
                json.WriteString("reason", damage.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("leftOut");
            foreach (var (what, count) in run.Skipped)
            {
                json.WriteNumber(what, count);
            }

            json.WriteEndObject();
            if (run.Run is not null)
            {
                RunsReport.WriteMembers(json, run.Run);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
