using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>Says what came of a synchronization: a line a run, and what could not be done on the standard error.</summary>
/// <param name="streams">Where to.</param>
/// <param name="asJson">For a script, not for a person.</param>
internal sealed class SynchronizationReport(StandardStreams streams, bool asJson)
{
    private readonly List<SynchronizedRun> _results = [];

    public int ExitCode => _results.Exists(result => result.Run.Problem is not null || result.IsDamaged) ? Cli.ExitCode.Failed
        : _results.TrueForAll(result => result.IsComplete) ? Cli.ExitCode.Done
        : Cli.ExitCode.Undelivered;

    /// <summary>Tells of a run when it is done: many take their time, and somebody may interrupt them.</summary>
    public void Add(SynchronizedRun result)
    {
        _results.Add(result);
        if (!asJson)
        {
            streams.Out.WriteLine(Terminals.Printable($"{NameOf(result)}  {Outcome(result)}"));
        }

        foreach (var note in result.Notes)
        {
            streams.Error.WriteLine(Terminals.Printable($"{NameOf(result)}: {note}"));
        }
    }

    /// <summary>Writes the JSON, if that is wanted, of all runs there were.</summary>
    public void Write()
    {
        if (asJson)
        {
            RunsReport.WriteJson(streams.Out, _results);
        }
    }

    private static string NameOf(SynchronizedRun result) => $"{result.Run.Name}/{result.Run.Version}";

    private static string Outcome(SynchronizedRun result) => result switch
    {
        { Run: { Problem: not null, RunId: null } } => "unreadable",
        { Run.Problem: not null } => "failed",
        { IsLeftAlone: true } => "left alone",
        { IsComplete: true } => "delivered",
        { IsDamaged: true } => $"{(result.Notes.Count == 0 ? "delivered in part" : "still behind")}: {Damage(result)}",
        _ => "still behind",
    };

    private static string Damage(SynchronizedRun result) => result.UnreadableRecords == 0
        ? $"{result.DamagedBytes:N0} bytes of its journal are damaged"
        : $"{result.DamagedBytes:N0} bytes of its journal are damaged, and {result.UnreadableRecords:N0} records cannot be read";
}
