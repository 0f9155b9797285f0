using System.Diagnostics.CodeAnalysis;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Telemetry;

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
    private readonly DeliveryLedger _ledger;
    private readonly BackendCalls _calls;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _abandon = new();
    private readonly BackOff _backOff = new();
    private readonly FaultIsolation _isolation = new();
    private Task? _abandoning;
    private volatile bool _isStopping;
    private int _hurry;
    private int _hurriedBefore;
    private (ILightningLogger Logger, RecordClock Clock)? _prepared;

    /// <param name="backend">The backend.</param>
    /// <param name="journals">The run's journals.</param>
    /// <param name="ledger">What is known of the delivery.</param>
    /// <param name="meter">Counts.</param>
    /// <param name="published">Set when there is more to read.</param>
    /// <param name="progress">Set here when the loop has ended.</param>
    /// <param name="time">The clock.</param>
    public DeliveryLoop(
        BackendSpecification backend,
        JournalFolder journals,
        DeliveryLedger ledger,
        DeliveryMeter meter,
        JournalSignal published,
        JournalSignal progress,
        TimeProvider time)
    {
        (_backend, _journals, _ledger, Meter, _published, _progress, _time) = (backend, journals, ledger, meter, published, progress, time);
        _calls = new BackendCalls(time);
        _thread = new Thread(Run) { IsBackground = true, Name = $"PluginLoggers {backend.Key}" };
    }

    public string Key => _backend.Key;

    public string Type => _backend.Type;

    public DeliveryState State => _ledger.State;

    public Cursor Cursor => _ledger.Cursor;

    public DeliveryMeter Meter { get; }

    /// <summary>How long the backend has not come back from a call; null if it is not being called.</summary>
    public TimeSpan? InCallFor => HasExited ? null : _calls.Elapsed;

    private bool HasExited => !_thread.IsAlive;

    /// <summary>Creates the first instance on the caller's thread, so that options which make no sense stop the start.</summary>
    public void Prepare()
    {
        try
        {
            _prepared = Create();
        }
        catch (Exception failure) when (_ledger.IsToBeginAnew(failure.Unwrapped))
        {
            if (_journals.IsBeginningGone)
            {
                throw NotAnew(failure.Unwrapped);
            }

            _ledger.Fail(failure.Unwrapped, triesAnew: true);
            _prepared = Create();
        }
    }

    /// <summary>Begins to deliver.</summary>
    /// <param name="passed">How many records of the run's journals lie before the cursor.</param>
    public void Start(long passed)
    {
        _ledger.Place(passed);
        _thread.Start();
    }

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
        _abandoning ??= AbandonAsync();
        _published.Set();
    }

    /// <summary>Waits for the end of a loop that was stopped. One that hangs is left behind, with what it has.</summary>
    public void Join(TimeSpan timeout)
    {
        if (_thread.Join(timeout))
        {
            _ = LetGoAsync();
        }
        else
        {
            _ledger.Abandon();
        }
    }

    /// <summary>Disposes what was prepared and never started.</summary>
    public void Dispose()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _prepared?.Logger.DisposeQuietly();
            _abandon.Dispose();
        }
    }

    /// <summary>Cancels the backend's call on another thread: what the backend does then may block, or throw.</summary>
    private async Task AbandonAsync()
    {
        try
        {
            await _abandon.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException)
        {
            // From the backend's own callbacks. What counts is whether its call returns, and that is looked at.
        }
    }

    private async Task LetGoAsync()
    {
        await (_abandoning ?? Task.CompletedTask).ConfigureAwait(false);
        _abandon.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var hurried = Volatile.Read(ref _hurry);
            var triesAnew = false;
            try
            {
                Deliver(ref triesAnew);
            }
            catch (Exception failure)
            {
                if (!_isStopping)
                {
                    var cause = failure.Unwrapped;
                    var mayNot = _ledger.IsToBeginAnew(cause) && _journals.IsBeginningGone;
                    _ledger.Fail(mayNot ? NotAnew(cause) : cause, triesAnew);
                    if (triesAnew)
                    {
                        _backOff.Reset();
                    }

                    Rest(_backOff.Next(), hurried);
                }
            }
        }

        _prepared?.Logger.DisposeQuietly();
        _progress.Set();
    }

    /// <summary>An output that could not be made anew is left as it is, whatever is wrong with it: it is the only one.</summary>
    private IOException NotAnew(Exception cause) => new(
        $"{Sentence.Of(cause.Message)} It is left as it is, because the journals of the run's beginning were deleted (Run:Journal is Delete) "
        + "and it could not be made anew. Put it, or the logger's options, back as they were. "
        + $"Or move it away and delete {Key}{Cursor.Suffix} in the run's state folder: then it is given what was logged since.",
        cause);

    private void Deliver(ref bool triesAnew)
    {
        var session = Open();
        try
        {
            Deliver(session);
        }
        catch (Exception failure)
        {
            _ledger.Look(session);
            triesAnew = _isolation.Failed(failure.Unwrapped, session.Handed, session.LastHanded, session.Position);
            throw;
        }
        finally
        {
            _calls.Call(session.Dispose);
        }
    }

    private void Deliver(DeliverySession session)
    {
        var firstUnsaved = 0L;
        while (!_isStopping)
        {
            var (seen, hurried) = (_published.Version, Volatile.Read(ref _hurry));
            var mayHaveMore = false;
            _calls.Call(() => mayHaveMore = session.HandOver(_abandon.Token));
            _ledger.Look(session);
            if (session.IsSpoiled)
            {
                _ledger.Forget();
                return;
            }

            if (session.HasUnsaved)
            {
                firstUnsaved = firstUnsaved == 0 ? _time.GetTimestamp() : firstUnsaved;
                if (session.MustSave || Remaining(firstUnsaved) == TimeSpan.Zero || (!mayHaveMore && hurried != _hurriedBefore))
                {
                    _calls.Call(() => session.Save(_abandon.Token));
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

    [SuppressMessage("Reliability", "CA2000", Justification = "The session owns the reader and the instance.")]
    private DeliverySession Open()
    {
        if (_prepared is null)
        {
            _calls.Call(Prepare);
        }

        var (logger, clock) = _prepared!.Value;
        var (cursor, reports) = (_ledger.Cursor, _ledger.Reports);
        if (cursor.Position == JournalPosition.Start && _journals.IsBeginningGone)
        {
            reports.BeginningIsGone();
        }

        var handler = new RecordHandler(Key, logger, _backend.Filter, _ledger.Refuse, reports.Unsupported);
        _prepared = null;
        return new DeliverySession(logger, clock, handler, cursor, new RunReader(_journals, cursor.Position), _isolation, Store);
    }

    private (ILightningLogger Logger, RecordClock Clock) Create()
    {
        var clock = new RecordClock(_time);
        var logger = _backend.Create(clock, Cursor.Bookmark);
        try
        {
            _ledger.Look(logger);
            return (logger, clock);
        }
        catch
        {
            logger.DisposeQuietly();
            throw;
        }
    }

    private void Store(ILightningLogger logger, Cursor cursor, TimeSpan took)
    {
        _ledger.Look(logger);
        _ledger.Store(cursor, took);
        _isolation.Saved(cursor.Position);
        _backOff.Reset();
    }

    private void Rest(TimeSpan pause, int hurried)
    {
        var started = _time.GetTimestamp();
        var left = pause;
        while (left > TimeSpan.Zero)
        {
            // Seen before it is asked: whoever stops or hurries the loop after that wakes it.
            var seen = _published.Version;
            if (_isStopping || hurried != Volatile.Read(ref _hurry))
            {
                return;
            }

            _published.Wait(seen, left);
            left = pause - _time.GetElapsedTime(started);
        }
    }
}
