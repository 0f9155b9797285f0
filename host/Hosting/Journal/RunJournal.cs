namespace PluginLoggers.Hosting.Journal;

/// <summary>The journal of a run as this process writes it: what is logged becomes a record here, and nothing else happens.</summary>
/// <remarks>
/// Safe for any number of threads: one call is one record, and each thread's records are in its order. When the buffer is full, a caller
/// waits for a slow disk; while the disk refuses, the newest records are dropped and counted.
/// </remarks>
internal sealed class RunJournal : IRecordSink, IDisposable
{
    /// <summary>For every backend.</summary>
    public const int Everybody = 0;

    private const long BufferBound = 64 * 1024 * 1024;

    /// <summary>The last number of a record is written where there is room for the longest.</summary>
    private const int Slack = 10;

    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(5);

    private readonly AppendBuffer _buffer;
    private readonly NameTable _names = new();
    private readonly TimeProvider _time;
    private long? _largestStep;
    private long _accepted;
    private long _reopenings;
    private long _dropped;
    private bool _hasEnded;
    private bool _isResumed;
    private bool _isClosed;

    /// <param name="storage">The new file.</param>
    /// <param name="time">Stamps the records.</param>
    /// <param name="largestStep">The largest step that the run has already; null if it has none.</param>
    /// <param name="hasEnded">Whether the run had ended: the first record opens it again.</param>
    /// <param name="published">Set when there is more to read.</param>
    /// <param name="refused">Told when the disk refuses, and when it takes writes again.</param>
    /// <param name="bufferBound">How many bytes may wait for the writer.</param>
    /// <param name="isResumed">
    /// Whether another process wrote the run before, which may have died: the first record is preceded by one that says that the run goes
    /// on.
    /// </param>
    /// <param name="marker">The file's marker; null for a random one, as every real file has.</param>
    public RunJournal(
        IJournalStorage storage,
        TimeProvider time,
        long? largestStep,
        bool hasEnded,
        JournalSignal published,
        Action<Exception?> refused,
        long bufferBound = BufferBound,
        bool isResumed = false,
        byte[]? marker = null)
    {
        _buffer = new AppendBuffer(bufferBound);
        (_time, _largestStep, _hasEnded, _isResumed) = (time, largestStep, hasEnded, isResumed);
        Writer = new JournalWriter(_buffer, storage, published, refused, marker);
    }

    public JournalWriter Writer { get; }

    /// <summary>How many records were taken.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>How many records were appended: what was taken, and what says that a run goes on after its end.</summary>
    public long Appended => Accepted + Interlocked.Read(ref _reopenings);

    /// <summary>
    /// How many records were dropped because the disk refused for so long that the buffer was full, or until the journal was disposed.
    /// </summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Called once, when the first record is dropped, and on no thread that logs; null for nobody.</summary>
    public Action? Loss { get; set; }

    /// <summary>The largest step of the run so far; null if it has none.</summary>
    public long? LargestStep
    {
        get
        {
            lock (_buffer.Gate)
            {
                return _largestStep;
            }
        }
    }

    /// <summary>Whether the last record is the status of an ended run.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_buffer.Gate)
            {
                return _hasEnded;
            }
        }
    }

    /// <summary>The number by which records name a backend, from its key.</summary>
    public int TargetOf(string key)
    {
        lock (_buffer.Gate)
        {
            return _names.Resolve(key, _buffer) + 1;
        }
    }

    /// <summary>Appends the metrics of one call. Allocates nothing once the names are known.</summary>
    public void AppendMetrics(int target, ReadOnlySpan<Metric> metrics, long? step)
    {
        if (metrics.IsEmpty)
        {
            return;
        }

        Check(metrics);
        var size = JournalFormat.RecordHeaderBound + (metrics.Length * JournalFormat.MetricBound) + Slack;
        while (true)
        {
            long seen;
            lock (_buffer.Gate)
            {
                if (Admit(out seen))
                {
                    var names = _names.Resolve(metrics, _buffer);
                    End(Begin(RecordKind.Metrics, target, NextStep(step), size).WriteMetrics(names, metrics));
                    return;
                }
            }

            if (!WaitForRoom(seen))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Appends metrics with a step of their own, which is none of the run's: the next call without a step does not see it.
    /// </summary>
    /// <returns>False if nothing was appended, because the run has ended, or the disk refuses.</returns>
    public bool AppendSample(ReadOnlySpan<Metric> metrics, long step)
    {
        Check(metrics);
        var size = JournalFormat.RecordHeaderBound + (metrics.Length * JournalFormat.MetricBound) + Slack;
        while (true)
        {
            long seen;
            lock (_buffer.Gate)
            {
                if (_isClosed || _hasEnded)
                {
                    return false;
                }

                if (Admit(out seen))
                {
                    var names = _names.Resolve(metrics, _buffer);
                    End(Begin(RecordKind.Sample, Everybody, step, size).WriteMetrics(names, metrics));
                    return true;
                }
            }

            if (!WaitForRoom(seen))
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Append(RecordKind kind, int target, RecordBuffer body, long? step = null, bool hasStep = true)
    {
        Check(kind, body);
        var size = JournalFormat.RecordHeaderBound + body.Length + Slack;
        while (true)
        {
            long seen;
            lock (_buffer.Gate)
            {
                if (Admit(out seen))
                {
                    var segment = Begin(kind, target, hasStep ? NextStep(step) : step ?? _largestStep ?? 0, size, hasStep);
                    segment.Bytes.WriteBlob(body.Written);
                    _hasEnded = kind == RecordKind.Status && body.Written[0] != (byte)RunStatus.Running;
                    End(body.Length);
                    return;
                }
            }

            if (!WaitForRoom(seen))
            {
                return;
            }
        }
    }

    /// <summary>Completes when everything appended before the call is durable.</summary>
    public Task FlushAsync() => Writer.FlushAsync();

    /// <summary>Writes what is left and closes the file. A disk that does not come back from a call is left behind after a while.</summary>
    public void Dispose()
    {
        lock (_buffer.Gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _buffer.WakeWaiting();
        }

        if (Writer.Stop(PatienceAtEnd))
        {
            _buffer.Dispose();
        }

        // What the disk has refused to the last is lost with this process.
        Interlocked.Add(ref _dropped, Appended - Writer.WrittenRecords);
    }

    /// <summary>Refuses a record that is too large.</summary>
    public static void Check(RecordKind kind, RecordBuffer body)
    {
        if (body.Length > RecordLimits.MaxRecordBytes)
        {
            throw new ArgumentException(
                $"A {kind} record of {body.Length:N0} bytes is larger than {RecordLimits.MaxRecordBytes:N0}. "
                + "Save it as a file and log that as an artifact.");
        }
    }

    /// <summary>Refuses too many metrics, and names that are none.</summary>
    public static void Check(ReadOnlySpan<Metric> metrics)
    {
        if (metrics.Length > RecordLimits.MaxMetricsPerCall)
        {
            throw new ArgumentException(
                $"Found {metrics.Length:N0} metrics in one call; {RecordLimits.MaxMetricsPerCall:N0} are the most. "
                    + "Log them in several calls.",
                nameof(metrics));
        }

        foreach (ref readonly var metric in metrics)
        {
            // A text of a quarter of the bytes is short enough in any case; only a long one is counted.
            if (metric.Name is null || metric.Name.Length > RecordLimits.MaxNameBytes / 4)
            {
                RecordNames.Check(metric.Name, nameof(metrics));
            }
        }
    }

    private bool Admit(out long seen)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(RunJournal));
        return _buffer.Admits(out seen);
    }

    private JournalSegment Begin(RecordKind kind, int target, long step, int size, bool hasStep = true)
    {
        var now = _time.GetUtcNow().UtcTicks;
        if ((_hasEnded || _isResumed) && kind != RecordKind.Status)
        {
            var reopened = _buffer.SegmentFor(JournalFormat.RecordHeaderBound + Slack);
            reopened.WriteRecordHeader(RecordKind.Status, Everybody, now, step, hasStep: false);
            reopened.Bytes.WriteBlob([(byte)RunStatus.Running]);
            _hasEnded = false;
            _reopenings++;
        }

        _isResumed = false;

        if (target != Everybody)
        {
            _names.Define(target - 1, _buffer);
        }

        var segment = _buffer.SegmentFor(size);
        segment.WriteRecordHeader(kind, target, now, step, hasStep);
        return segment;
    }

    private void End(int size)
    {
        _accepted++;
        _names.Appended(size);
        _buffer.Appended();
    }

    private long NextStep(long? step)
    {
        // There is no step beyond the largest long: it is given again.
        var next = step ?? (_largestStep is { } largest ? largest + (largest < long.MaxValue ? 1 : 0) : 0);
        if (_largestStep is not { } known || next > known)
        {
            _largestStep = next;
        }

        return next;
    }

    /// <summary>Waits for a slow disk; false if the disk refuses, and the record is dropped.</summary>
    private bool WaitForRoom(long seen)
    {
        if (Writer.Refusal is not null)
        {
            if (Interlocked.Increment(ref _dropped) == 1 && Loss is { } loss)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static loss => loss(), loss, preferLocal: false);
            }

            return false;
        }

        _buffer.WaitForRoom(seen);
        return true;
    }
}
