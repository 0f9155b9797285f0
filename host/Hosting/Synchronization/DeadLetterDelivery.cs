using PluginLoggers.Hosting.Delivery;
using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Synchronization;

/// <summary>
/// Hands the dead letters of one logger over again, when everything else is delivered. What is taken now is no letter any more.
/// </summary>
/// <remarks>
/// The cursor says which letters a save holds, and the index follows: a crash anywhere doubles none and loses none. Letters on which an
/// instance fails are tried in halves, until those at fault are alone.
/// </remarks>
internal sealed class DeadLetterDelivery
{
    private const int MostAtOnce = 256;

    /// <summary>So many letters that fail alone, one after the other, are an outage.</summary>
    private const int MostFailures = 3;

    private readonly BackendSpecification _backend;
    private readonly JournalFolder _journals;
    private readonly CursorFile _cursorFile;
    private readonly string _index;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isToStop;
    private Cursor _cursor;
    private int _failures;

    /// <param name="backend">The backend.</param>
    /// <param name="journals">The run's journals.</param>
    /// <param name="stateDirectory">Where cursor and dead letters are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    /// <param name="isToStop">Asked between two saves whether it is to end.</param>
    public DeadLetterDelivery(
        BackendSpecification backend, JournalFolder journals, string stateDirectory, TimeProvider time, Teller teller, Func<bool> isToStop)
    {
        (_backend, _journals, _time, _isToStop) = (backend, journals, time, isToStop);
        _cursorFile = new CursorFile(Path.Combine(stateDirectory, backend.Key + Cursor.Suffix));
        _index = Path.Combine(stateDirectory, backend.Key + DeadLetterIndex.Suffix);
        _cursor = _cursorFile.Read(backend.Type, new DeliveryReports(backend.Key, backend.Type, teller));
    }

    /// <summary>Why it ended before all letters were tried; null if it did not.</summary>
    public string? Outage { get; private set; }

    /// <summary>Hands over all letters.</summary>
    /// <returns>Those that are left.</returns>
    public IReadOnlyList<DeadLetter> Run()
    {
        foreach (var letters in Settle().Chunk(MostAtOnce))
        {
            Deliver(letters);
        }

        return Left();
    }

    /// <summary>Leaves the cursor to others, because the backend hangs.</summary>
    public void Abandon() => _cursorFile.Abandon(_backend.Type, "It did not return from a call when its dead letters were handed over.");

    private void Deliver(ReadOnlySpan<DeadLetter> letters)
    {
        if (letters.IsEmpty || Outage is not null || _isToStop())
        {
            return;
        }

        try
        {
            HandOver(letters);
            _failures = 0;
        }
        catch (Exception) when (letters.Length > 1)
        {
            Deliver(letters[..(letters.Length / 2)]);
            Deliver(letters[(letters.Length / 2)..]);
            return;
        }
        catch (Exception failure)
        {
            Outage = ++_failures < MostFailures ? null : failure.Unwrapped.Message;
            return;
        }

        try
        {
            Settle();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // The letters are delivered, and the cursor says so: to hand them over again would double them. The index follows later.
            Outage = refusal.Message;
        }
    }

    private void HandOver(ReadOnlySpan<DeadLetter> letters)
    {
        try
        {
            HandOver(letters, rejected: null);
        }
        catch (LoggerRejectedException rejection) when (letters.Length == 1)
        {
            HandOver(letters, rejection.Message);
        }
    }

    /// <summary>Hands letters, in the order of the journal, to an instance of their own, and saves.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="rejected">Why an earlier instance rejected the whole of them; null if none did.</param>
    private void HandOver(ReadOnlySpan<DeadLetter> letters, string? rejected)
    {
        var clock = new RecordClock(_time);
        var logger = _backend.Create(clock, _cursor.Bookmark);
        try
        {
            HandOver(letters, rejected, logger, clock);
        }
        finally
        {
            logger.DisposeQuietly();
        }
    }

    private void HandOver(ReadOnlySpan<DeadLetter> letters, string? rejected, ILightningLogger logger, RecordClock clock)
    {
        using var reader = new RunReader(_journals, letters[0].Position);
        var (handed, refused) = (new List<DeadLetter>(), new List<DeadLetter>());
        var handler = new RecordHandler(_backend.Key, logger, _backend.Filter, refused.Add, _ => { });
        for (var next = 0; next < letters.Length && reader.TryRead(out var record);)
        {
            clock.Set(record.Time);

            // The record of a letter is the first that ends behind its position: definitions may stand between the two.
            for (var end = reader.Position; next < letters.Length && letters[next].Position.CompareTo(end) < 0; next++)
            {
                var letter = letters[next];
                if (letter.Metric is null ? Hand(handler, record, letter, rejected) : HandMetric(logger, record, letter, refused))
                {
                    handed.Add(letter);
                }
            }
        }

        logger.SaveAsync().AsTask().GetAwaiter().GetResult();
        var cursor = _cursor with
        {
            Bookmark = logger.Bookmark,
            Delivered = _cursor.Delivered + handler.Delivered,
            DeadLetters = Math.Max(0, _cursor.DeadLetters - handed.Count + refused.Count),
            Redelivered = new Redelivery(handed, refused),
        };
        _cursorFile.Write(cursor);

        // Only now: a bookmark that is not stored is none to begin the next attempt from.
        _cursor = cursor;
    }

    /// <summary>Hands over a whole record; false if the logger is not to have it, by today's configuration.</summary>
    private static bool Hand(RecordHandler handler, in JournalRecord record, DeadLetter letter, string? rejected)
    {
        if (!handler.Reaches(record))
        {
            return false;
        }

        handler.Hand(record, letter.Position, rejected);
        return true;
    }

    private bool HandMetric(ILightningLogger logger, in JournalRecord record, DeadLetter letter, List<DeadLetter> refused)
    {
        if (!_backend.Filter.Accepts(letter.Metric!))
        {
            return false;
        }

        foreach (ref readonly var metric in record.Metrics)
        {
            if (metric.Name == letter.Metric)
            {
                try
                {
                    logger.LogMetrics([metric], record.Step);
                }
                catch (LoggerRejectedException rejection)
                {
                    refused.Add(letter with { Reason = rejection.Message });
                }
            }
        }

        return true;
    }

    /// <summary>Brings the index to what the cursor says; a crash may have come in between.</summary>
    /// <returns>The letters that are left.</returns>
    private IReadOnlyList<DeadLetter> Settle()
    {
        var letters = Left();
        if (_cursor.Redelivered is not null)
        {
            DeadLetterIndex.Write(_index, letters);
        }

        return letters;
    }

    private IReadOnlyList<DeadLetter> Left()
    {
        var letters = DeadLetterIndex.Read(_index);
        return _cursor.Redelivered?.LeaveOf(letters) ?? letters;
    }
}
