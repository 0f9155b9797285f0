using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Telemetry;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// What is known of the delivery to one backend: cursor and dead letters, which outlive the process, and the state, which does not. Written
/// by one thread, read by any.
/// </summary>
internal sealed class DeliveryLedger
{
    private readonly JournalSignal _progress;
    private readonly TimeProvider _time;
    private readonly CursorFile _cursorFile;
    private readonly DeadLetterIndex _deadLetters;
    private readonly DeliveryMeter _meter;
    private volatile Cursor _cursor;
    private volatile DeliveryState _state = new();
    private JournalPosition _furthest;
    private JournalPosition _begunAnewFrom;

    /// <param name="backend">The backend.</param>
    /// <param name="stateDirectory">Where cursor and dead letters are kept.</param>
    /// <param name="progress">Set when the cursor moves, or something fails.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meter">Counts.</param>
    /// <param name="teller">Tells the user.</param>
    public DeliveryLedger(
        BackendSpecification backend, string stateDirectory, JournalSignal progress, TimeProvider time, DeliveryMeter meter, Teller teller)
    {
        (_progress, _time, _meter) = (progress, time, meter);
        Reports = new DeliveryReports(backend.Key, backend.Type, teller);
        _cursorFile = new CursorFile(Path.Combine(stateDirectory, backend.Key + Cursor.Suffix));
        _cursor = _cursorFile.Read(backend.Type, Reports);
        _deadLetters = new DeadLetterIndex(Path.Combine(stateDirectory, backend.Key + DeadLetterIndex.Suffix), _cursor.Position);
    }

    public DeliveryReports Reports { get; }

    public Cursor Cursor => _cursor;

    public DeliveryState State => _state;

    /// <summary>Notes how many records lie before the cursor that was found.</summary>
    public void Place(long passed) => _cursor = _cursor with { Passed = passed };

    /// <summary>Notes a dead letter; it counts with the next cursor.</summary>
    public void Refuse(DeadLetter letter) => _deadLetters.Add(letter);

    /// <summary>Forgets the dead letters since the last cursor: they are met again.</summary>
    public void Forget() => _deadLetters.Forget();

    /// <summary>Stores a cursor, after a save.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="took">How long the save took.</param>
    public void Store(Cursor cursor, TimeSpan took)
    {
        _cursorFile.Write(cursor, before: _deadLetters.Save);
        var refused = _deadLetters.Commit();
        _meter.Moved(_cursor, cursor, took);
        foreach (var letter in refused)
        {
            Reports.Refused(letter);
        }

        if (_state.LastFailure is not null)
        {
            Reports.WorksAgain();
        }

        Reports.TellUnsupported();
        _state = _state with
        {
            LastFailure = null,
            LastMove = _time.GetTimestamp(),
            HasMoved = true,
            LongestSave = took > _state.LongestSave ? took : _state.LongestSave,
        };

        // Last: who waits for the cursor finds everything else told and counted.
        _cursor = cursor;
        _progress.Set();
    }

    /// <summary>
    /// Whether a failure says that the output is not what the bookmark says. What says so again before delivery is as far as it was then
    /// says something else: decoders throw the same for a bad record.
    /// </summary>
    public bool IsToBeginAnew(Exception cause) =>
        cause is InvalidDataException && _cursor.Bookmark is not null && _cursor.Position.CompareTo(_begunAnewFrom) >= 0;

    /// <summary>
    /// Notes that delivery failed: what follows the cursor is delivered again, or everything, if the output is not what the bookmark says.
    /// </summary>
    /// <param name="cause">Why.</param>
    /// <param name="triesAnew">Whether what is tried next is something else.</param>
    public void Fail(Exception cause, bool triesAnew)
    {
        _deadLetters.Forget();
        _meter.Failed();
        if (IsToBeginAnew(cause))
        {
            // The output was cut short, or is gone. Everything is in the journal.
            _begunAnewFrom = _furthest.CompareTo(_cursor.Position) > 0 ? _furthest : _cursor.Position;
            (_cursor, _furthest) = (new Cursor { Type = _cursor.Type }, default);
            _deadLetters.Clear();
            Reports.BeginsAnew(cause.Message);
        }
        else
        {
            Reports.Failed(cause.Message);
            Note(cause.Message);
        }

        _state = _state with
        {
            Failures = _state.Failures + 1,
            FailingSince = _state.LastFailure is null ? _time.GetTimestamp() : _state.FailingSince,
            TriedAnew = triesAnew ? _time.GetTimestamp() : _state.TriedAnew,
            LastFailure = cause.Message,
        };
        _progress.Set();
    }

    public void Look(ILightningLogger logger) => _state = _state with { Features = logger.Features, Location = logger.Location };

    public void Look(DeliverySession session)
    {
        if (session.Position.CompareTo(_furthest) > 0)
        {
            // What is handed over again after a failure is no move.
            _furthest = session.Position;
            _state = _state with { LastMove = _time.GetTimestamp() };
        }

        if (session.DamagedBytes > _state.DamagedBytes || session.UnreadableRecords > _state.UnreadableRecords)
        {
            _state = _state with { DamagedBytes = session.DamagedBytes, UnreadableRecords = session.UnreadableRecords };
            Reports.Damaged(session.DamagedBytes, session.UnreadableRecords);
        }
    }

    /// <summary>Leaves the files to others, because the backend hangs.</summary>
    public void Abandon() => _cursorFile.Abandon(_cursor.Type, "It did not return from a call when the run was closed.");

    /// <summary>What stands still says why, to whoever looks at the run when this process is gone.</summary>
    private void Note(string failure)
    {
        if (_cursor.LastFailure == failure)
        {
            return;
        }

        _cursor = _cursor with { LastFailure = failure };
        try
        {
            _cursorFile.Write(_cursor);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The note is lost, and nothing else: the cursor on disk is as it was.
        }
    }
}
