namespace PluginLoggers.Hosting.Journal;

/// <summary>Moves what was logged into the journal file, on a thread of its own: a pool timer starves beside busy work.</summary>
/// <remarks>
/// A write that the disk refuses is tried again at the same offset. Readers may read up to <see cref="Written"/>.
/// </remarks>
internal sealed class JournalWriter : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private readonly AppendBuffer _buffer;
    private readonly IJournalStorage _storage;
    private readonly JournalSignal _published;
    private readonly byte[] _marker;
    private readonly Action<Exception?> _refused;
    private readonly Thread _thread;
    private readonly List<JournalSegment> _taken = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly ManualResetEventSlim _stopping = new(false);
    private long _written;
    private bool _hasStopped;

    /// <param name="buffer">Where records come from.</param>
    /// <param name="storage">The new file.</param>
    /// <param name="published">Set when <see cref="Written"/> has moved.</param>
    /// <param name="refused">Called when the disk refuses to be written, and with null when it takes writes again.</param>
    public JournalWriter(AppendBuffer buffer, IJournalStorage storage, JournalSignal published, Action<Exception?> refused)
    {
        (_buffer, _storage, _published, _refused) = (buffer, storage, published, refused);
        var header = JournalFormat.NewHeader();
        _marker = JournalFormat.ReadMarker(header, storage.Path)!;
        storage.Write(0, [header]);
        _written = header.Length;
        _thread = new Thread(Run) { IsBackground = true, Name = "PluginLoggers journal" };
        _thread.Start();
    }

    /// <summary>The length up to which the file holds whole blocks.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Why the disk refuses to be written at present; null when it does not.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Completes when everything appended before the call is durable; fails if the disk refuses.</summary>
    public Task FlushAsync()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_buffer.Gate)
        {
            if (_hasStopped)
            {
                return Refusal is null ? Task.CompletedTask : Task.FromException(Refused(Refusal));
            }

            _waiting.Add(waiter);
            _buffer.Hurry();
        }

        return waiter.Task;
    }

    /// <summary>Writes what is left, tries once more if the disk refuses, and ends the thread.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _buffer.Hurry();
        _thread.Join();
        _storage.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        var isLast = false;
        while (!isLast)
        {
            _buffer.WaitForWork(Linger);
            isLast = _stopping.IsSet;
            List<TaskCompletionSource> waiting;
            lock (_buffer.Gate)
            {
                _buffer.TakeInto(_taken);
                waiting = TakeWaiting();
                _hasStopped = isLast;
            }

            Write(waiting);
        }
    }

    private void Write(List<TaskCompletionSource> waiting)
    {
        var pause = FirstRetry;
        while (true)
        {
            try
            {
                WriteTaken();
                if (waiting.Count > 0)
                {
                    _storage.Sync();
                }

                Tell(null);
                waiting.ForEach(waiter => waiter.TrySetResult());
                return;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Tell(failure);
                waiting.ForEach(waiter => waiter.TrySetException(Refused(failure)));
                if (_stopping.Wait(pause) && _hasStopped)
                {
                    return;
                }

                // Whoever asks while the disk refuses is told at the next try.
                lock (_buffer.Gate)
                {
                    waiting = TakeWaiting();
                    _hasStopped = _stopping.IsSet;
                }

                pause = pause * 2 < LastRetry ? pause * 2 : LastRetry;
            }
        }
    }

    private void WriteTaken()
    {
        if (_taken.Count == 0)
        {
            return;
        }

        var offset = _written;
        foreach (var segment in _taken)
        {
            JournalFormat.WriteBlockHeader(segment.Bytes.Written, _marker, offset);
            offset += segment.Bytes.Length;
        }

        _storage.Write(_written, [.. _taken.Select(segment => segment.Bytes.WrittenMemory)]);
        Volatile.Write(ref _written, offset);
        lock (_buffer.Gate)
        {
            _taken.ForEach(_buffer.Release);
        }

        _taken.Clear();
        _published.Set();
    }

    private IOException Refused(Exception failure) => new(
        $"The run's journal {_storage.Path} cannot be written: {failure.Message} Make room; what was logged is kept in memory, and written then.", failure);

    private List<TaskCompletionSource> TakeWaiting()
    {
        List<TaskCompletionSource> waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }

    private void Tell(Exception? refusal)
    {
        if (refusal is null != Refusal is null)
        {
            Refusal = refusal;
            _refused(refusal);
        }
    }
}
