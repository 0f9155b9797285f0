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
    private readonly Teller _teller;
    private readonly string _cursorFile;
    private readonly DeadLetterIndex _deadLetters;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _abandon = new();
    private readonly BackOff _backOff = new();
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
        (_backend, _journals, _published, _progress, _time, _teller) = (backend, journals, published, progress, time, teller);
        _cursorFile = Path.Combine(stateDirectory, backend.Key + Cursor.Suffix);
        _deadLetters = new DeadLetterIndex(Path.Combine(stateDirectory, backend.Key + DeadLetterIndex.Suffix));
        _cursor = ReadCursor();
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
    public void Prepare()
    {
        _prepared = Create();
    }

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

    /// <summary>Waits for the end of a loop that was stopped; false if it hangs.</summary>
    public bool Join(TimeSpan timeout) => _thread.Join(timeout);

    /// <summary>Disposes what was prepared and never started. A loop that hangs keeps what it has.</summary>
    public void Dispose()
    {
        if (HasExited)
        {
            _prepared?.Logger.Dispose();
            _abandon.Dispose();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            try
            {
                Deliver();
            }
            catch (Exception failure)
            {
                if (!_isStopping)
                {
                    Fail(failure);
                    Rest(_backOff.Next());
                }
            }
        }

        _progress.Set();
    }

    private void Deliver()
    {
        using var session = Open();
        var firstUnsaved = 0L;
        while (!_isStopping)
        {
            var (seen, hurried) = (_published.Version, Volatile.Read(ref _hurry));
            var mayHaveMore = Call(() => session.HandOver(_abandon.Token));
            if (session.Position.CompareTo(_furthest) > 0)
            {
                // What is handed over again after a failure is no move.
                _furthest = session.Position;
                _state = _state with { LastMove = _time.GetTimestamp() };
            }

            if (session.HasUnsaved)
            {
                firstUnsaved = firstUnsaved == 0 ? _time.GetTimestamp() : firstUnsaved;
                var due = SaveInterval - _time.GetElapsedTime(firstUnsaved);
                if (session.MustSave || due <= TimeSpan.Zero || (!mayHaveMore && hurried != _hurriedBefore))
                {
                    Call(() => Save(session));
                    firstUnsaved = 0;
                }
            }

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

    private bool Save(DeliverySession session)
    {
        var started = _time.GetTimestamp();
        session.Save(_abandon.Token);
        var took = _time.GetElapsedTime(started);
        session.FitBatch(took);
        if (took > _state.LongestSave)
        {
            _state = _state with { LongestSave = took };
        }

        return true;
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The session owns the reader and the instance.")]
    private DeliverySession Open()
    {
        var (logger, clock) = _prepared ?? Call(Create);
        _prepared = null;
        var handler = new RecordHandler(
            Key,
            logger,
            _backend.Filter,
            letter =>
            {
                _deadLetters.Add(letter);
                _teller.Tell(DiagnosticLevel.Error, Key, $"A record was refused: {letter.Reason} Refused records are listed in {Key}{DeadLetterIndex.Suffix} of the run's state folder.");
            },
            what => _teller.Tell(DiagnosticLevel.Information, Key, $"{what}: {Type} cannot show this kind of record, and it is left out there; other loggers have it."));
        return new DeliverySession(logger, clock, handler, _cursor, new RunReader(_journals, _cursor.Position), Store);
    }

    private (ILightningLogger Logger, RecordClock Clock) Create()
    {
        var clock = new RecordClock(_time);
        var logger = _backend.Create(clock, _cursor.Bookmark);
        Look(logger);
        return (logger, clock);
    }

    private void Store(ILightningLogger logger, Cursor cursor)
    {
        cursor.Write(_cursorFile);
        _cursor = cursor;
        Look(logger);
        if (_state.LastFailure is not null)
        {
            _teller.Tell(DiagnosticLevel.Information, Key, "works again; what was logged meanwhile is being delivered.");
        }

        _state = _state with { LastFailure = null, LastMove = _time.GetTimestamp(), HasMoved = true };
        _backOff.Reset();
        _progress.Set();
    }

    private void Fail(Exception failure)
    {
        var cause = failure is AggregateException { InnerExceptions: [var single] } ? single : failure;
        if (cause is InvalidDataException && _cursor.Bookmark is not null)
        {
            // The output is not what the bookmark says: cut short, or gone. Everything is in the journal.
            _cursor = new Cursor { Type = Type };
            _teller.Tell(DiagnosticLevel.Warning, Key, $"{cause.Message} The whole run is delivered to it anew.");
        }
        else
        {
            _teller.Tell(DiagnosticLevel.Warning, Key, $"{cause.Message} Nothing is lost: it is in the run's journal, and is delivered when this works again.");
        }

        _state = _state with
        {
            Failures = _state.Failures + 1,
            FailingSince = _state.LastFailure is null ? _time.GetTimestamp() : _state.FailingSince,
            LastFailure = cause.Message,
        };
        _progress.Set();
    }

    private void Rest(TimeSpan pause)
    {
        var (started, hurried) = (_time.GetTimestamp(), Volatile.Read(ref _hurry));
        for (var left = pause; left > TimeSpan.Zero && !_isStopping && hurried == Volatile.Read(ref _hurry); left = pause - _time.GetElapsedTime(started))
        {
            _published.Wait(_published.Version, left);
        }
    }

    /// <summary>Calls the backend, with a note of since when, for whoever looks whether it hangs.</summary>
    private T Call<T>(Func<T> call)
    {
        Volatile.Write(ref _busySince, _time.GetTimestamp());
        try
        {
            return call();
        }
        finally
        {
            Volatile.Write(ref _busySince, 0);
        }
    }

    private void Look(ILightningLogger logger) => _state = _state with { Features = logger.Features, Location = logger.Location };

    private Cursor ReadCursor()
    {
        var fresh = new Cursor { Type = Type };
        var cursor = Cursor.Read(_cursorFile);
        if (cursor is null && File.Exists(_cursorFile))
        {
            _teller.Tell(DiagnosticLevel.Warning, Key, $"{_cursorFile} is damaged. The whole run is delivered anew.");
        }
        else if (cursor is not null && !cursor.Type.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            _teller.Tell(DiagnosticLevel.Warning, Key, $"was a {cursor.Type} before, and is a {Type} now. The whole run is delivered to it.");
            cursor = null;
        }

        return cursor ?? fresh;
    }
}
