using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>The life of one instance of a backend: from its cursor on, until something fails.</summary>
/// <remarks>
/// What is handed over counts when a save has succeeded and cursor and bookmark are stored together; everything after that is delivered
/// again, to another instance. So recovery from an exception and from a crash are the same.
/// </remarks>
internal sealed class DeliverySession : IDisposable
{
    /// <summary>Handing over stops after so many bytes, to show that it moves.</summary>
    private const long Stretch = 256 * 1024;

    /// <summary>The clock is read once in so many records: of a fast backend, a record takes about as long as that.</summary>
    private const int RecordsPerLook = 16;

    /// <summary>It stops after this time as well: one that is slow does not hang, and is saved when it is due.</summary>
    private static readonly TimeSpan StretchOfTime = TimeSpan.FromMilliseconds(250);

    private readonly ILightningLogger _logger;
    private readonly RecordHandler _handler;
    private readonly RecordClock _clock;
    private readonly RunReader _reader;
    private readonly FaultIsolation _isolation;
    private readonly Action<ILightningLogger, Cursor, TimeSpan> _saved;
    private readonly SaveSize _size = new();
    private Cursor _cursor;
    private long _unsavedBytes;
    private long _passed;
    private bool _awaitsProof;
    private bool _isAtRejected;

    /// <param name="logger">The instance, created with the cursor's bookmark.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="handler">Hands records to it.</param>
    /// <param name="cursor">Where it stands.</param>
    /// <param name="reader">Reads from there.</param>
    /// <param name="isolation">Says how many records go before a save, and which one is left out.</param>
    /// <param name="saved">Stores a cursor after a save, and is told how long that took.</param>
    public DeliverySession(
        ILightningLogger logger,
        RecordClock clock,
        RecordHandler handler,
        Cursor cursor,
        RunReader reader,
        FaultIsolation isolation,
        Action<ILightningLogger, Cursor, TimeSpan> saved)
    {
        (_logger, _clock, _handler, _cursor, _reader, _isolation, _saved) = (logger, clock, handler, cursor, reader, isolation, saved);
        LastHanded = cursor.Position;
    }

    /// <summary>Whether there is something that a save would make count.</summary>
    public bool HasUnsaved => _unsavedBytes > 0 && !_awaitsProof;

    /// <summary>Whether so much was handed over that a save must follow.</summary>
    public bool MustSave => _isAtRejected || _unsavedBytes >= _size.Bytes || Handed >= _isolation.Batch;

    /// <summary>
    /// Whether the instance may hold a part of what it rejected: it is given nothing more, and what it was given since the save is void.
    /// </summary>
    public bool IsSpoiled { get; private set; }

    /// <summary>How many records were handed over since the last save.</summary>
    public long Handed { get; private set; }

    /// <summary>Where the last record stands that was handed over.</summary>
    public JournalPosition LastHanded { get; private set; }

    /// <summary>Behind the last record that was read.</summary>
    public JournalPosition Position => _reader.Position;

    public long DamagedBytes => _reader.DamagedBytes;

    public long UnreadableRecords => _reader.UnreadableRecords;

    /// <summary>Hands over records until there are none, or for a stretch.</summary>
    /// <returns>Whether there may be more at once.</returns>
    public bool HandOver(CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();

        // Before a save that must follow, no more; where no save may follow yet, on to the next record.
        var end = _awaitsProof ? _unsavedBytes + Stretch : Math.Min(_unsavedBytes + Stretch, _size.Bytes);
        while (_unsavedBytes < end && Handed < _isolation.Batch && !cancellationToken.IsCancellationRequested)
        {
            if (_isAtRejected || IsSpoiled)
            {
                break;
            }

            if (_passed % RecordsPerLook == RecordsPerLook - 1 && _clock.GetElapsedTime(started) > StretchOfTime)
            {
                break;
            }

            var before = _reader.Position;
            if (!TryRead(out var record))
            {
                // Definitions and damage are behind us too.
                _unsavedBytes += Distance(before, _reader.Position);
                return false;
            }

            _passed++;
            _clock.Set(record.Time);
            if (record.Kind == RecordKind.Status)
            {
                End(StatusRecord.Read(new RecordReader(record.Body)), cancellationToken);
                return true;
            }

            var size = (record.Metrics.Length * (sizeof(double) + 1)) + record.Body.Length;
            _unsavedBytes += Math.Max(1, Distance(before, _reader.Position) + size);
            Hand(record, _reader.LastRecord);
        }

        return true;
    }

    public void Save(CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        Wait(_logger.SaveAsync(cancellationToken));
        Store(started);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _logger.DisposeQuietly();
    }

    private static void Wait(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }

    // Only a step from one block or file to the next counts here; within a block the records are counted by their size.
    private static long Distance(JournalPosition from, JournalPosition to) =>
        from.Journal != to.Journal || from.Offset != to.Offset ? 1 : 0;

    private bool TryRead(out JournalRecord record)
    {
        try
        {
            return _reader.TryRead(out record);
        }
        catch (InvalidDataException refusal)
        {
            // From a backend this would mean that its output is damaged; here it is the journal.
            throw new IOException(refusal.Message, refusal);
        }
    }

    private void Hand(in JournalRecord record, JournalPosition position)
    {
        if (_isolation.Suspect is { } suspect && suspect.Position == position)
        {
            _handler.Refuse(position, record.Kind, null, suspect.Reason);
            _awaitsProof = !suspect.IsCertain;
            return;
        }

        if (!_handler.Reaches(record))
        {
            return;
        }

        // Counted before the call: if it throws, this record is one of those it may be due to.
        (Handed, LastHanded) = (Handed + 1, position);
        var rejected = _isolation.Rejected is { } earlier && earlier.Position == position ? earlier.Reason : null;
        try
        {
            _handler.Hand(record, position, rejected);
        }
        catch (LoggerRejectedException rejection)
        {
            IsSpoiled = true;
            _isolation.Reject(position, rejection.Message);
            return;
        }

        // A save at once: so the one before it is not met again.
        (_awaitsProof, _isAtRejected) = (false, rejected is not null);
    }

    private void End(RunStatus status, CancellationToken cancellationToken)
    {
        if (_isolation.Batch < long.MaxValue && Handed > 0)
        {
            // What fails now is due to the records, and what fails then is not.
            Wait(_logger.SaveAsync(cancellationToken));
            Handed = 0;
        }

        var started = _clock.GetTimestamp();
        Wait(_logger.FinalizeAsync(status, cancellationToken));
        Store(started);
    }

    private void Store(long started)
    {
        var took = _clock.GetElapsedTime(started);
        _size.Saved(_unsavedBytes, took);
        var bookmark = _logger.Bookmark;
        _cursor = _cursor with
        {
            Position = _reader.Position,
            Bookmark = bookmark,
            LastFailure = null,
            Passed = _cursor.Passed + _passed,
            Delivered = _cursor.Delivered + _handler.Delivered,
            Unsupported = _cursor.Unsupported + _handler.Unsupported,
            DeadLetters = _cursor.DeadLetters + _handler.DeadLetters,
        };
        _handler.ResetCounts();
        (_unsavedBytes, _passed, Handed, _awaitsProof, _isAtRejected) = (0, 0, 0, false, false);
        _saved(_logger, _cursor, took);
    }
}
