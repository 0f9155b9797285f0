using PluginLoggers.Hosting.Diagnostics;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>What the user is told of the delivery of a run to one backend; each thing once.</summary>
internal sealed class DeliveryReports(string key, string type, Teller teller)
{
    private const int MostRefusals = 10;

    private readonly HashSet<string> _unsupported = [];
    private readonly List<string> _untold = [];
    private int _refusals;

    public void Failed(string cause) =>
        Warn($"{Sentence.Of(cause)} Nothing is lost: it is in the run's journal, and is delivered when this works again.");

    public void WorksAgain() => Inform("works again; what was logged meanwhile is being delivered.");

    public void BeginsAnew(string cause) => Warn($"{Sentence.Of(cause)} The whole run is delivered to it anew.");

    public void CursorIsDamaged(string file) => Warn($"{file} is damaged. The whole run is delivered anew.");

    public void TypeChanged(string before) => Warn($"was a {before} before, and is a {type} now. The whole run is delivered to it.");

    public void BeginningIsGone() => Warn(
        "The journals of the run's beginning were deleted (Run:Journal is Delete). It is given what was logged since; "
        + "set it to Keep if loggers are to join later.");

    /// <summary>Notes what the backend cannot show, to be told with the rest of a batch: it is no mistake, and worth one line.</summary>
    public void Unsupported(string what)
    {
        if (_unsupported.Add(what))
        {
            _untold.Add(what);
        }
    }

    public void TellUnsupported()
    {
        if (_untold.Count > 0)
        {
            // True of each run of a sweep, whichever it is.
            teller.Program.Tell(
                DiagnosticLevel.Information,
                key,
                $"{type} cannot show {string.Join(", ", _untold)}; that is left out here, and counted. Other loggers have it.");
            _untold.Clear();
        }
    }

    public void Refused(DeadLetter letter)
    {
        if (_refusals++ < MostRefusals)
        {
            teller.Tell(
                DiagnosticLevel.Error,
                key,
                $"A record was refused: {Sentence.Of(letter.Reason)} Everything else is delivered; what is refused is listed in "
                + $"{key}{DeadLetterIndex.Suffix} of the run's state folder, and `pluginloggers sync --dead-letters` hands it over again.");
        }
    }

    public void Damaged(long bytes, long records) => teller.Tell(
        DiagnosticLevel.Error,
        key,
        $"{bytes:N0} bytes of the run's journal are damaged{(records == 0 ? "" : $", and {records:N0} records cannot be read")}: "
        + "what stood there is not delivered, everything else is. Check the disk.");

    private void Inform(string message) => teller.Tell(DiagnosticLevel.Information, key, message);

    private void Warn(string message) => teller.Tell(DiagnosticLevel.Warning, key, message);
}
