using PluginLoggers.Hosting.Journal;
using PluginLoggers.Hosting.Journal.Records;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>The life of one instance of a backend: from its cursor on, until something fails.</summary>
/// <remarks>
/// What is handed over counts when a save has succeeded and cursor and bookmark are stored together; everything after that is delivered again, to another
/// instance. So recovery from an exception and from a crash are the same.
/// </remarks>
internal sealed class DeliverySession : IDisposable
{
    /// <summary>A save at least every so many bytes of the journal: a bound for what a backend has to hold in memory.</summary>
    private const long MostUnsaved = 8 * 1024 * 1024;

    private const long LeastUnsaved = 64 * 1024;

    /// <summary>A save that takes longer is followed by a smaller one: the cursor is to move, and little to be sent twice.</summary>
    private static readonly TimeSpan LongSave = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan ShortSave = TimeSpan.FromMilliseconds(100);

    /// <summary>Handing over stops after so many bytes, to show that it moves.</summary>
    private const long Stretch = 256 * 1024;

    private readonly ILightningLogger _logger;
    private readonly RecordHandler _handler;
    private readonly RecordClock _clock;
    private readonly RunReader _reader;
    private readonly Action<ILightningLogger, Cursor> _saved;
    private Cursor _cursor;
    private long _unsavedBytes;
    private long _batch = 1024 * 1024;

    /// <param name="logger">The instance, created with the cursor's bookmark.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="handler">Hands records to it.</param>
    /// <param name="cursor">Where it stands.</param>
    /// <param name="reader">Reads from there.</param>
    /// <param name="saved">Stores a cursor after a save.</param>
    public DeliverySession(
        ILightningLogger logger, RecordClock clock, RecordHandler handler, Cursor cursor, RunReader reader, Action<ILightningLogger, Cursor> saved) =>
        (_logger, _clock, _handler, _cursor, _reader, _saved) = (logger, clock, handler, cursor, reader, saved);

    /// <summary>Whether records were handed over that no save has followed.</summary>
    public bool HasUnsaved => _unsavedBytes > 0;

    /// <summary>Whether so much was handed over that a save must follow.</summary>
    public bool MustSave => _unsavedBytes >= _batch;

    /// <summary>Behind the last record that was handed over.</summary>
    public JournalPosition Position => _reader.Position;

    /// <summary>Hands over records until there are none, or for a stretch.</summary>
    /// <returns>Whether there may be more at once.</returns>
    public bool HandOver(CancellationToken cancellationToken)
    {
        for (var end = _unsavedBytes + Stretch; _unsavedBytes < end && !cancellationToken.IsCancellationRequested;)
        {
            var position = _reader.Position;
            if (!_reader.TryRead(out var record))
            {
                // Definitions and damage are behind us too.
                _unsavedBytes += Distance(position, _reader.Position);
                return false;
            }

            _clock.Set(record.Time);
            if (record.Kind == RecordKind.Status)
            {
                Wait(_logger.FinalizeAsync(StatusRecord.Read(new RecordReader(record.Body)), cancellationToken));
                Store();
                return true;
            }

            _handler.Hand(record, _reader, position);
            _unsavedBytes += Math.Max(1, Distance(position, _reader.Position) + (record.MetricIds.Length * (sizeof(double) + 1)) + record.Body.Length);
        }

        return true;
    }

    public void Save(CancellationToken cancellationToken)
    {
        Wait(_logger.SaveAsync(cancellationToken));
        Store();
    }

    /// <summary>Fits the size of a batch to how long the last save took.</summary>
    public void FitBatch(TimeSpan save) => _batch = save > LongSave ? Math.Max(LeastUnsaved, _batch / 2)
        : save < ShortSave ? Math.Min(MostUnsaved, _batch * 2)
        : _batch;

    public void Dispose()
    {
        _reader.Dispose();
        try
        {
            Wait(_logger.DisposeAsync());
        }
        catch (Exception)
        {
            // Why the session ended is what matters; the instance is not used again either way.
        }
    }

    private static void Wait(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }

    // Only a step from one block or file to the next counts here; within a block the records are counted by their size.
    private static long Distance(JournalPosition from, JournalPosition to) => from.Journal != to.Journal || from.Offset != to.Offset ? 1 : 0;

    private void Store()
    {
        var bookmark = _logger.Bookmark;
        _cursor = _cursor with
        {
            Position = _reader.Position,
            Bookmark = bookmark,
            Delivered = _cursor.Delivered + _handler.Delivered,
            Unsupported = _cursor.Unsupported + _handler.Unsupported,
            DeadLetters = _cursor.DeadLetters + _handler.DeadLetters,
        };
        _handler.ResetCounts();
        _unsavedBytes = 0;
        _saved(_logger, _cursor);
    }
}
