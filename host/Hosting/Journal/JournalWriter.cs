using PluginLoggers.Hosting.Diagnostics;

namespace PluginLoggers.Hosting.Journal;

/// <summary>Moves what was logged into the journal file, on a thread of its own: a pool timer starves beside busy work.</summary>
/// <remarks>
/// A write that the disk refuses is tried again at the same offset. Readers may read up to <see cref="Written"/>.
/// </remarks>
internal sealed class JournalWriter
{
    /// <summary>4 MiB of full segments: what waits for room need not wait for all that waits for the disk.</summary>
    private const int MostSegmentsAtOnce = 16;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PatienceAgain = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private readonly AppendBuffer _buffer;
    private readonly IJournalStorage _storage;
    private readonly JournalSignal _published;
    private readonly byte[] _marker;
    private readonly Action<Exception?> _refused;
    private readonly Thread _thread;
    private readonly List<JournalSegment> _taken = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly JournalSignal _stopping = new();
    private volatile Exception? _refusal;
    private TaskCompletionSource[] _beingServed = [];
    private long _written;
    private long _writtenRecords;
    private bool _owesSync;
    private bool _hasStopped;
    private bool _isHanging;

    /// <param name="buffer">Where records come from.</param>
    /// <param name="storage">The new file.</param>
    /// <param name="published">Set when <see cref="Written"/> has moved.</param>
    /// <param name="refused">Called when the disk refuses to be written, and with null when it takes writes again.</param>
    /// <param name="marker">The file's marker; null for a random one.</param>
    public JournalWriter(
        AppendBuffer buffer, IJournalStorage storage, JournalSignal published, Action<Exception?> refused, byte[]? marker = null)
    {
        (_buffer, _storage, _published, _refused) = (buffer, storage, published, refused);
        _marker = marker ?? JournalFormat.NewMarker();
        var header = JournalFormat.NewHeader(_marker);
        storage.Write(0, [header]);
        _written = header.Length;
        _thread = new Thread(Run) { IsBackground = true, Name = "PluginLoggers journal" };
        _thread.Start();
    }

    /// <summary>The length up to which the file holds whole blocks.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>How many records that is.</summary>
    public long WrittenRecords => Volatile.Read(ref _writtenRecords);

    /// <summary>Why the disk refuses to be written at present; null when it does not.</summary>
    public Exception? Refusal => _refusal;

    /// <summary>Whether the disk had not come back from a call when it was last waited for.</summary>
    public bool IsHanging
    {
        get => Volatile.Read(ref _isHanging);
        private set => Volatile.Write(ref _isHanging, value);
    }

    private bool IsStopping => _stopping.Version > 0;

    /// <summary>Completes when everything appended before the call is durable; fails if the disk refuses.</summary>
    public Task FlushAsync()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_buffer.Gate)
        {
            if (_hasStopped)
            {
                return _refusal is { } refusal ? Task.FromException(Refused(refusal)) : Task.CompletedTask;
            }

            _waiting.Add(waiter);
            _buffer.Hurry();
        }

        return waiter.Task;
    }

    /// <summary>The same at the end of a run, which does not wait for ever.</summary>
    /// <param name="patience">For how long the disk may take nothing.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="IOException">The disk refuses, or hangs.</exception>
    public async Task FlushAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var flushed = FlushAsync();
        for (var hasMoved = true; hasMoved;)
        {
            var seen = Written;
            try
            {
                await flushed.WaitAsync(IsHanging ? PatienceAgain : patience, cancellationToken).ConfigureAwait(false);
                IsHanging = false;
                return;
            }
            catch (TimeoutException)
            {
                hasMoved = Written > seen;
            }
        }

        IsHanging = true;
        throw Refused(NotBackFor(patience));
    }

    /// <summary>Writes what is left, tries once more if the disk refuses, and ends the thread.</summary>
    /// <param name="patience">For how long the disk may take for nothing: while it takes writes, it is waited for.</param>
    /// <returns>False if the disk does not come back from a call. The thread is left behind, with what it uses.</returns>
    public bool Stop(TimeSpan patience)
    {
        _stopping.Set();
        _buffer.Hurry();
        long seen;
        do
        {
            seen = Written;
            if (_thread.Join(IsHanging ? PatienceAgain : patience))
            {
                _storage.Dispose();
                return true;
            }
        }
        while (Written > seen);

        IsHanging = true;
        Abandon(NotBackFor(patience));
        return false;
    }

    private void Run()
    {
        var isLast = false;
        while (!isLast)
        {
            _buffer.WaitForWork(Linger);
            isLast = IsStopping;
            lock (_buffer.Gate)
            {
                TakeOver();
                _hasStopped = isLast;
            }

            WriteUntilTaken();
        }
    }

    /// <summary>Returns when the disk has taken everything, or the writer is to stop.</summary>
    private void WriteUntilTaken()
    {
        var pause = FirstRetry;
        while (true)
        {
            try
            {
                WriteTaken();
                Sync();
                Tell(null);
                Array.ForEach(_beingServed, waiter => waiter.TrySetResult());
                return;
            }
            catch (Exception failure)
            {
                // Whatever a file system throws: an exception that leaves this thread would end the trainer's process.
                Tell(failure);
                Array.ForEach(_beingServed, waiter => waiter.TrySetException(Refused(failure)));
            }

            _stopping.Wait(seen: 0, pause);
            if (IsStopping)
            {
                return;
            }

            // Whoever asks while the disk refuses is told at the next try, which is of what was logged before it was asked.
            lock (_buffer.Gate)
            {
                TakeOver();
            }

            pause = pause * 2 < LastRetry ? pause * 2 : LastRetry;
        }
    }

    private void WriteTaken()
    {
        while (_taken.Count > 0)
        {
            var batch = _taken[..Math.Min(MostSegmentsAtOnce, _taken.Count)];
            var offset = _written;
            foreach (var segment in batch)
            {
                JournalFormat.WriteBlockHeader(segment.Bytes.Written, _marker, offset);
                offset += segment.Bytes.Length;
            }

            _storage.Write(_written, [.. batch.Select(segment => segment.Bytes.WrittenMemory)]);
            Volatile.Write(ref _written, offset);
            Volatile.Write(ref _writtenRecords, _writtenRecords + batch.Sum(segment => segment.Records));
            _taken.RemoveRange(0, batch.Count);
            lock (_buffer.Gate)
            {
                batch.ForEach(_buffer.Release);
            }

            _published.Set();
        }
    }

    private void Sync()
    {
        _owesSync |= _beingServed.Length > 0;
        if (_owesSync)
        {
            _storage.Sync();
            _owesSync = false;
        }
    }

    private static TimeoutException NotBackFor(TimeSpan patience) =>
        new($"It has not come back from a call for {patience.TotalSeconds:0.#} seconds.");

    private IOException Refused(Exception failure) => new(
        $"The run's journal {_storage.Path} cannot be written: {Sentence.Of(failure.Message)} "
        + "Make room; what was logged is kept in memory, and written then.",
        failure);

    /// <summary>Takes what was logged and whoever waits for it, both at once: nobody is served before what was logged before.</summary>
    private void TakeOver()
    {
        _buffer.TakeInto(_taken);
        _beingServed = [.. _waiting];
        _waiting.Clear();
    }

    private void Abandon(Exception refusal)
    {
        _refusal = refusal;
        lock (_buffer.Gate)
        {
            // Under the gate: the thread that is left behind may come back at any moment, and serve those who wait.
            _hasStopped = true;
            _waiting.AddRange(_beingServed);
            _waiting.ForEach(waiter => waiter.TrySetException(Refused(refusal)));
        }
    }

    private void Tell(Exception? refusal)
    {
        var isNews = refusal is null != _refusal is null;
        _refusal = refusal;
        if (!isNews)
        {
            return;
        }

        _buffer.WakeWaiting();
        try
        {
            _refused(refusal);
        }
        catch (Exception)
        {
            // Who is told has failed; that is no reason to stop writing.
        }
    }
}
