using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// Finds the record on which delivery fails again and again: fewer records are handed over before a save, half as many after each failure,
/// twice as many after each success.
/// </summary>
/// <remarks>
/// A record that keeps failing alone, while the one after it passes, is a dead letter; if that fails as well, it is an outage. Of a million
/// records the one is found within some 20 failures, and after an outage it takes as many saves to be back to large batches.
/// <para>A backend that rejects a record has not failed. Of several metrics, and of hyperparameters, it may have taken some by then: a new
/// instance begins without them, at the bookmark, and is given the metrics one by one, and of hyperparameters none.</para>
/// </remarks>
internal sealed class FaultIsolation
{
    private const int FailuresTogether = 3;
    private const int FailuresAlone = 5;

    private int _failures;
    private bool _isOutage;
    private JournalPosition _end;

    /// <summary>How many records are handed over before a save.</summary>
    public long Batch { get; private set; } = long.MaxValue;

    /// <summary>The record that is left out, for the next one to show whether it is at fault; null for none.</summary>
    public FailingRecord? Suspect { get; private set; }

    /// <summary>The last record that an instance rejected and may have taken a part of; null for none since the cursor.</summary>
    public FailingRecord? Rejected { get; private set; }

    /// <summary>Notes that an instance rejected a record and may have taken a part of it: the next one is not given the whole.</summary>
    public void Reject(JournalPosition position, string reason) => Rejected = new FailingRecord(position, reason, IsCertain: true);

    /// <summary>Notes that delivery failed after a save, and decides how it goes on.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="handed">How many records had been handed over since the save.</param>
    /// <param name="last">Where the last of them stands.</param>
    /// <param name="reached">Behind the last record that was read.</param>
    /// <returns>
    /// Whether something else is tried next: that is no repetition, and need not wait as long as one. In an outage it is one all the same.
    /// </returns>
    public bool Failed(Exception cause, long handed, JournalPosition last, JournalPosition reached)
    {
        var (batch, suspect) = (Batch, Suspect);
        if (Suspect is { IsCertain: false })
        {
            // The one after it fails as well: an outage.
            (Suspect, _failures, _isOutage) = (null, 0, true);
        }
        else if (handed == 1 && cause is LoggerRejectedException)
        {
            Suspect = new FailingRecord(last, cause.Message, IsCertain: true);
        }
        else if (handed > 0 && (++_failures >= FailuresTogether || Batch < long.MaxValue || cause is LoggerRejectedException))
        {
            Narrow(cause, handed, last, reached);
        }

        return !_isOutage && (Batch, Suspect) != (batch, suspect);
    }

    /// <summary>Notes that a save succeeded.</summary>
    public void Saved(JournalPosition cursor)
    {
        (Suspect, _failures, _isOutage) = (null, 0, false);
        Batch = cursor.CompareTo(_end) >= 0 || Batch > long.MaxValue / 2 ? long.MaxValue : Batch * 2;
        if (Rejected is { } rejected && cursor.CompareTo(rejected.Position) > 0)
        {
            Rejected = null;
        }
    }

    private void Narrow(Exception cause, long handed, JournalPosition last, JournalPosition reached)
    {
        _end = Batch == long.MaxValue ? reached : _end;
        if (handed > 1)
        {
            (Batch, _failures) = (handed / 2, 0);
        }
        else
        {
            Batch = 1;
            if (_failures >= FailuresAlone)
            {
                (Suspect, _failures) = (new FailingRecord(last, cause.Message, IsCertain: false), 0);
            }
        }
    }
}
