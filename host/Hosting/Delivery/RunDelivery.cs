using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>The delivery loops of a run, and the wait for them at its end.</summary>
internal sealed class RunDelivery : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HangCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private readonly JournalFolder _journals;
    private readonly JournalSignal _progress;
    private readonly TimeProvider _time;
    private readonly Teller _teller;
    private readonly ITimer _watch;
    private volatile DeliveryLoop[] _loops = [];
    private bool _isDisposed;

    /// <param name="journals">The run's journals.</param>
    /// <param name="progress">What the loops set when they move.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public RunDelivery(JournalFolder journals, JournalSignal progress, TimeProvider time, Teller teller)
    {
        (_journals, _progress, _time, _teller) = (journals, progress, time, teller);
        _watch = time.CreateTimer(_ => TellHanging(Hang), null, HangCheck, HangCheck);
    }

    public IReadOnlyList<DeliveryLoop> Loops => _loops;

    /// <summary>The loop with a key, in any case; null if there is none.</summary>
    public DeliveryLoop? Find(string key) => Array.Find(_loops, loop => loop.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Starts prepared loops, and has them from now on; false if the run has come to its end.</summary>
    /// <param name="loops">The loops.</param>
    /// <param name="survey">Knows how many records lie before their cursors; null where nobody counts them.</param>
    /// <param name="before">What is done before they start, if they do; null for nothing.</param>
    public bool TryAdd(IReadOnlyList<DeliveryLoop> loops, JournalSurvey? survey, Action? before = null)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            before?.Invoke();
            foreach (var loop in loops)
            {
                loop.Start(survey?.RecordsBefore(loop.Cursor.Position) ?? 0);
            }

            _loops = [.. _loops, .. loops];
            return true;
        }
    }

    /// <summary>Waits until backends have everything up to a position, as long as they move, and at most for a time.</summary>
    /// <param name="only">The key of the backend to wait for; null for all.</param>
    /// <param name="target">The position.</param>
    /// <param name="timeout">For how long at most.</param>
    /// <param name="patience">With whom.</param>
    /// <param name="moved">Called from time to time while it waits; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(
        string? only,
        JournalPosition target,
        TimeSpan timeout,
        DeliveryPatience patience,
        Action? moved,
        CancellationToken cancellationToken) => Task.Factory.StartNew(
            () => Wait(only, target, timeout, patience, moved, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <summary>How far each is. A backend whose cursor is not at the end is behind.</summary>
    public IReadOnlyList<LoggerDelivery> Snapshot()
    {
        var end = _journals.End();
        return [.. _loops.Select(loop => Snapshot(loop, end))];
    }

    /// <summary>How many bytes a backend is behind.</summary>
    public long UndeliveredBytes(DeliveryLoop loop) => _journals.BytesBetween(loop.Cursor.Position, _journals.End());

    /// <summary>Ends the loops. One that hangs is left behind.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _watch.Dispose();
        foreach (var loop in _loops)
        {
            loop.Stop();
        }

        var started = _time.GetTimestamp();
        foreach (var loop in _loops)
        {
            var left = Farewell - _time.GetElapsedTime(started);
            loop.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        TellHanging(TimeSpan.Zero);
    }

    private void Wait(
        string? only,
        JournalPosition target,
        TimeSpan timeout,
        DeliveryPatience patience,
        Action? moved,
        CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.Register(_progress.Set);
        var started = _time.GetTimestamp();
        foreach (var loop in Chosen(only))
        {
            loop.Hurry();
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            var seen = _progress.Version;
            var longest = Chosen(only)
                .Where(loop => loop.Cursor.Position.CompareTo(target) < 0)
                .Select(loop => TimeLeft(loop, started, timeout, patience))
                .DefaultIfEmpty()
                .Max();
            if (longest <= TimeSpan.Zero)
            {
                return;
            }

            moved?.Invoke();
            _progress.Wait(seen, longest < Glance ? longest : Glance);
        }
    }

    private IEnumerable<DeliveryLoop> Chosen(string? only) =>
        _loops.Where(loop => only is null || loop.Key.Equals(only, StringComparison.OrdinalIgnoreCase));

    private TimeSpan TimeLeft(DeliveryLoop loop, long started, TimeSpan timeout, DeliveryPatience patience)
    {
        var state = loop.State;
        var since = state.LastFailure is null ? state.LastMove
            : patience.Isolates ? Math.Max(state.FailingSince, state.TriedAnew)
            : state.FailingSince;
        var left = patience.With(state) - _time.GetElapsedTime(Math.Max(started, since));
        var total = timeout - _time.GetElapsedTime(started);
        return left < total ? left : total;
    }

    private void TellHanging(TimeSpan longerThan)
    {
        foreach (var loop in _loops.Where(loop => loop.InCallFor > longerThan))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                loop.Key,
                $"{loop.Type} does not return from a call, and nothing more can be given to it until it does. "
                + "Training and the other loggers go on; what it misses stays in the run's journal.");
        }
    }

    private LoggerDelivery Snapshot(DeliveryLoop loop, JournalPosition end)
    {
        var (cursor, state) = (loop.Cursor, loop.State);
        var undelivered = _journals.BytesBetween(cursor.Position, end);
        return new LoggerDelivery
        {
            Key = loop.Key,
            Type = loop.Type,
            Location = state.Location,
            IsComplete = undelivered == 0,
            UndeliveredBytes = undelivered,
            DeliveredRecords = cursor.Delivered,
            UnsupportedRecords = cursor.Unsupported,
            DeadLetters = cursor.DeadLetters,
            DamagedBytes = state.DamagedBytes,
            UnreadableRecords = state.UnreadableRecords,
            Failures = state.Failures,
            LastFailure = state.LastFailure,
            Hangs = loop.InCallFor > Hang,
        };
    }
}
