using System.Diagnostics.CodeAnalysis;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>Delivers a run to one backend, on a thread of its own: what this backend does, or fails to do, concerns nobody else.</summary>
internal sealed class DeliveryLoop : IDisposable
{
    /// <summary>Live, a point is in the output within about a second, without a save for every record.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan RestInterval = TimeSpan.FromSeconds(60);

    private readonly BackendSpecification _backend;
    private readonly JournalFolder _journals;
    private readonly JournalSignal _published;
    private readonly JournalSignal _progress;
    private readonly TimeProvider _time;
    private readonly DeliveryReports _reports;
    private readonly CursorFile _cursorFile;
    private readonly DeadLetterIndex _deadLetters;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _abandon = new();
    private readonly BackOff _backOff = new();
    private readonly FaultIsolation _isolation = new();
    private volatile Cursor _cursor;
    private volatile DeliveryState _state = new();
    private volatile bool _isStopping;
    private int _hurry;
    private int _hurriedBefore;
    private long _busySince;
    private JournalPosition _furthest;
    private (ILightningLogger Logger, RecordClock Clock)? _prepared;

    /// <param name="backend">The backend.</param>
    /// <param name="journals">The run's journals.</param>
    /// <param name="stateDirectory">Where cursor and dead letters are kept.</param>
    /// <param name="published">Set when there is more to read.</param>
    /// <param name="progress">Set here when the cursor moves, or something fails.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public DeliveryLoop(
        BackendSpecification backend,
        JournalFolder journals,
        string stateDirectory,
        JournalSignal published,
        JournalSignal progress,
        TimeProvider time,
        Teller teller)
    {
        (_backend, _journals, _published, _progress, _time) = (backend, journals, published, progress, time);
        _reports = new DeliveryReports(backend.Key, backend.Type, teller);
        _cursorFile = new CursorFile(Path.Combine(stateDirectory, backend.Key + Cursor.Suffix));
        _cursor = _cursorFile.Read(backend.Type, _reports);
        _deadLetters = new DeadLetterIndex(Path.Combine(stateDirectory, backend.Key + DeadLetterIndex.Suffix), _cursor.Position);
        _thread = new Thread(Run) { IsBackground = true, Name = $"PluginLoggers {backend.Key}" };
    }

    public string Key => _backend.Key;

    public string Type => _backend.Type;

    public DeliveryState State => _state;

    public Cursor Cursor => _cursor;

    /// <summary>When the backend was last called and has not come back from yet, as a timestamp; 0 if it is not being called.</summary>
    public long BusySince => Volatile.Read(ref _busySince);

    public bool HasExited => !_thread.IsAlive;

    /// <summary>Creates the first instance on the caller's thread, so that options which make no sense stop the start.</summary>
    public void Prepare() => _prepared = Create();

    public void Start() => _thread.Start();

    /// <summary>Tries at once what waits for a back-off or for the next save.</summary>
    public void Hurry()
    {
        Interlocked.Increment(ref _hurry);
        _published.Set();
    }

    /// <summary>Ends the loop, whatever it is doing; what is not delivered stays in the journal.</summary>
    public void Stop()
    {
        _isStopping = true;
        _abandon.Cancel();
        _published.Set();
    }

    /// <summary>Waits for the end of a loop that was stopped. One that hangs is left behind, with what it has.</summary>
    public void Join(TimeSpan timeout)
    {
        if (_thread.Join(timeout))
        {
            _abandon.Dispose();
        }
        else
        {
            _cursorFile.Abandon();
        }
    }

    /// <summary>Disposes what was prepared and never started.</summary>
    public void Dispose()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            Discard(_prepared?.Logger);
            _abandon.Dispose();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var hurried = Volatile.Read(ref _hurry);
            try
            {
                Deliver();
            }
            catch (Exception failure)
            {
                if (!_isStopping)
                {
                    Fail(failure.Unwrapped);
                    Rest(_backOff.Next(), hurried);
                }
            }
        }

        Discard(_prepared?.Logger);
        _progress.Set();
    }

    private void Deliver()
    {
        var session = Open();
        try
        {
            Deliver(session);
        }
        catch (Exception failure)
        {
            _isolation.Failed(failure.Unwrapped, session.Handed, session.LastHanded, session.Position);
            throw;
        }
        finally
        {
            Call(session.Dispose);
        }
    }

    private void Deliver(DeliverySession session)
    {
        var firstUnsaved = 0L;
        while (!_isStopping)
        {
            var (seen, hurried) = (_published.Version, Volatile.Read(ref _hurry));
            var mayHaveMore = false;
            Call(() => mayHaveMore = session.HandOver(_abandon.Token));
            Look(session);
            if (session.HasUnsaved)
            {
                firstUnsaved = firstUnsaved == 0 ? _time.GetTimestamp() : firstUnsaved;
                if (session.MustSave || Remaining(firstUnsaved) == TimeSpan.Zero || (!mayHaveMore && hurried != _hurriedBefore))
                {
                    Call(() => Save(session));
                }
            }

            // A status that is handed over saves as well.
            firstUnsaved = session.HasUnsaved ? firstUnsaved : 0;
            if (!mayHaveMore)
            {
                _hurriedBefore = hurried;
                _published.Wait(seen, session.HasUnsaved ? Remaining(firstUnsaved) : RestInterval);
            }
        }
    }

    private TimeSpan Remaining(long firstUnsaved)
    {
        var remaining = SaveInterval - _time.GetElapsedTime(firstUnsaved);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private void Save(DeliverySession session)
    {
        var started = _time.GetTimestamp();
        session.Save(_abandon.Token);
        var took = _time.GetElapsedTime(started);
        if (took > _state.LongestSave)
        {
            _state = _state with { LongestSave = took };
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The session owns the reader and the instance.")]
    private DeliverySession Open()
    {
        if (_prepared is null)
        {
            Call(Prepare);
        }

        var (logger, clock) = _prepared!.Value;
        var handler = new RecordHandler(Key, logger, _backend.Filter, _deadLetters.Add, _reports.Unsupported);
        _prepared = null;
        if (_cursor.Position == JournalPosition.Start && _journals.Numbers is [> 1, ..])
        {
            _reports.BeginningIsGone();
        }

        return new DeliverySession(logger, clock, handler, _cursor, new RunReader(_journals, _cursor.Position), _isolation, Store);
    }

    private (ILightningLogger Logger, RecordClock Clock) Create()
    {
        var clock = new RecordClock(_time);
        var logger = _backend.Create(clock, _cursor.Bookmark);
        try
        {
            Look(logger);
            return (logger, clock);
        }
        catch
        {
            Discard(logger);
            throw;
        }
    }

    private void Store(ILightningLogger logger, Cursor cursor)
    {
        Look(logger);
        var refused = _deadLetters.Save();
        _cursorFile.Write(cursor);
        foreach (var letter in refused)
        {
            _reports.Refused(letter);
        }

        _isolation.Saved(cursor.Position);
        _backOff.Reset();
        if (_state.LastFailure is not null)
        {
            _reports.WorksAgain();
        }

        // Last: whoever waits for the cursor has been told everything, and finds the location that the save made known.
        _reports.TellUnsupported();
        _state = _state with { LastFailure = null, LastMove = _time.GetTimestamp(), HasMoved = true };
        _cursor = cursor;
        _progress.Set();
    }

    private void Fail(Exception cause)
    {
        _deadLetters.Forget();
        if (cause is InvalidDataException && _cursor.Bookmark is not null)
        {
            // The output is not what the bookmark says: cut short, or gone. Everything is in the journal.
            (_cursor, _furthest) = (new Cursor { Type = Type }, default);
            _deadLetters.Clear();
            _reports.BeginsAnew(cause.Message);
        }
        else
        {
            _reports.Failed(cause.Message);
            Note(cause.Message);
        }

        _state = _state with
        {
            Failures = _state.Failures + 1,
            FailingSince = _state.LastFailure is null ? _time.GetTimestamp() : _state.FailingSince,
            LastFailure = cause.Message,
        };
        _progress.Set();
    }

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

    private void Rest(TimeSpan pause, int hurried)
    {
        var started = _time.GetTimestamp();
        for (var left = pause; left > TimeSpan.Zero && !_isStopping && hurried == Volatile.Read(ref _hurry); left = pause - _time.GetElapsedTime(started))
        {
            _published.Wait(_published.Version, left);
        }
    }

    /// <summary>Calls the backend, with a note of since when, for whoever looks whether it hangs.</summary>
    private void Call(Action call)
    {
        Volatile.Write(ref _busySince, _time.GetTimestamp());
        try
        {
            call();
        }
        finally
        {
            Volatile.Write(ref _busySince, 0);
        }
    }

    private void Look(ILightningLogger logger) => _state = _state with { Features = logger.Features, Location = logger.Location };

    private void Look(DeliverySession session)
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
            _reports.Damaged(session.DamagedBytes, session.UnreadableRecords);
        }
    }

    private static void Discard(ILightningLogger? logger)
    {
        try
        {
            logger?.Dispose();
        }
        catch (Exception)
        {
            // It is not used again either way.
        }
    }
}
