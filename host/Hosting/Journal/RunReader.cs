namespace PluginLoggers.Hosting.Journal;

/// <summary>Reads the records of a run, journal after journal, from a position on, and follows what is being written.</summary>
/// <remarks>Not safe for several threads.</remarks>
internal sealed class RunReader : IDisposable
{
    /// <summary>
    /// Where the names of a run that logs as usual are defined, so that nobody reads a long journal to learn them: 4 MiB of bodies are 6 of
    /// records, and 15 where each has a block of its own.
    /// </summary>
    private const long FirstLook = 16 * 1024 * 1024;

    private readonly JournalFolder _folder;
    private readonly List<string?> _names = [];
    private BlockReader? _blocks;
    private long _nextBlock;
    private long _learnedFrom;
    private long _look;
    private bool _isLearning;
    private int _consumed;
    private int _payloadLength;
    private long _time;
    private long _step;
    private Metric[] _metrics = new Metric[16];
    private long _damagedBefore;
    private long _tornBytes;
    private long _tornBefore;

    public RunReader(JournalFolder folder, JournalPosition start)
    {
        _folder = folder;
        Position = start;
    }

    /// <summary>Behind the last record that was read.</summary>
    public JournalPosition Position { get; private set; }

    /// <summary>
    /// Where the last record that was read stands. Every reader finds it in the same place, while what is behind the record before it may
    /// also be the end of another block or file.
    /// </summary>
    public JournalPosition LastRecord { get; private set; }

    /// <summary>How many bytes behind the start are damaged, as far as they were read, with whole blocks after them.</summary>
    public long DamagedBytes => _damagedBefore + (_blocks?.DamagedBytes ?? 0);

    /// <summary>How many bytes at the ends of files hold no whole block: what a process was writing when it was killed.</summary>
    public long TornBytes => _tornBefore + _tornBytes;

    /// <summary>How many records could not be read though their block is whole: a name that they use was lost to damage.</summary>
    public long UnreadableRecords { get; private set; }

    /// <summary>How many bytes of the present file were read.</summary>
    public long BytesRead => _blocks?.BytesRead ?? 0;

    /// <summary>Reads the next record; false if there is none at present.</summary>
    public bool TryRead(out JournalRecord record)
    {
        while (NextBlock())
        {
            while (_consumed < _payloadLength)
            {
                if (TryReadInBlock(out record))
                {
                    return true;
                }
            }
        }

        record = default;
        return false;
    }

    public void Dispose() => _blocks?.Dispose();

    /// <summary>Makes sure that there is a block with unread records.</summary>
    private bool NextBlock()
    {
        if (_consumed < _payloadLength)
        {
            return true;
        }

        while (true)
        {
            if (_blocks is null && !Open())
            {
                return false;
            }

            if (_consumed < _payloadLength)
            {
                return true;
            }

            var limit = _folder.LimitOf(Position.Journal, _blocks!);
            if (_blocks!.TryRead(Position.Offset, limit, out _nextBlock))
            {
                _tornBytes = 0;
                EnterBlock();
                return true;
            }

            _tornBytes = Math.Max(0, limit - Position.Offset);
            if (_folder.After(Position.Journal) is not { } next)
            {
                return false;
            }

            Close();
            Position = new JournalPosition(next, JournalFormat.HeaderLength, 0);
        }
    }

    /// <summary>Opens the file of the position, and learns the names that were defined shortly before it.</summary>
    private bool Open()
    {
        if (!File.Exists(_folder.PathOf(Position.Journal)))
        {
            if (_folder.After(Position.Journal) is not { } next)
            {
                return false;
            }

            Position = new JournalPosition(next, JournalFormat.HeaderLength, 0);
        }

        _blocks = new BlockReader(_folder.PathOf(Position.Journal));
        (_learnedFrom, _look) = (Position.Offset, FirstLook);
        Learn();
        return true;
    }

    /// <summary>
    /// Learns the names that are defined before the position, in a stretch before the one that was learned from, and goes back to where it
    /// was. The next stretch is 16 times as long.
    /// </summary>
    private void Learn()
    {
        var (start, damaged, unreadable) = (Position, DamagedBytes, UnreadableRecords);
        var (from, end) = (Math.Max(JournalFormat.HeaderLength, _learnedFrom - _look), _learnedFrom);
        var isAll = from == JournalFormat.HeaderLength;
        (_isLearning, _look, _learnedFrom) = (true, _look * 16, isAll ? from : end);
        for (var at = from; _blocks!.TryRead(at, end, out _nextBlock); at = _nextBlock)
        {
            // The block into which the stretch begins is left to the next one.
            _learnedFrom = Math.Min(_learnedFrom, _blocks.Offset);
            EnterBlock();
            while (_consumed < _payloadLength)
            {
                TryReadInBlock(out _);
            }
        }

        // What was damaged before the start was counted by whoever read it.
        _damagedBefore += damaged - DamagedBytes;
        Position = start;
        (_consumed, _payloadLength) = (0, 0);
        if (start.Record > 0 && _blocks.TryRead(start.Offset, _folder.LimitOf(start.Journal, _blocks), out _nextBlock))
        {
            // Where the block is gone, the next one stands in its place, and is read from its first record.
            EnterBlock();
            while (Position.Offset == start.Offset && Position.Record < start.Record && _consumed < _payloadLength)
            {
                TryReadInBlock(out _);
            }
        }

        (UnreadableRecords, _isLearning) = (unreadable, false);
    }

    private void EnterBlock()
    {
        (_consumed, _payloadLength, _time, _step) = (0, _blocks!.Payload.Length, 0, 0);

        // One that holds nothing, which no writer of ours makes, is behind the reader at once.
        Position = new JournalPosition(Position.Journal, _payloadLength == 0 ? _nextBlock : _blocks.Offset, 0);
    }

    private void Close()
    {
        _damagedBefore += _blocks?.DamagedBytes ?? 0;
        (_tornBefore, _tornBytes) = (_tornBefore + _tornBytes, 0);
        _blocks?.Dispose();
        _blocks = null;
        _names.Clear();
    }

    /// <summary>
    /// Reads one record of the block; false for a definition, for one that cannot be read, and for one that is to be read again because
    /// more names are known now.
    /// </summary>
    /// <remarks>Behind the last one, the position is the next block.</remarks>
    private bool TryReadInBlock(out JournalRecord record)
    {
        var before = Position;
        var isRead = TryDecode(out record, out var lacksName);
        if (lacksName && !_isLearning && _learnedFrom > JournalFormat.HeaderLength)
        {
            Position = before;
            Learn();
            return false;
        }

        UnreadableRecords += lacksName ? 1 : 0;
        if (_consumed == _payloadLength)
        {
            Position = new JournalPosition(Position.Journal, _nextBlock, 0);
        }

        return isRead;
    }

    private bool TryDecode(out JournalRecord record, out bool lacksName)
    {
        record = default;
        lacksName = false;
        var payload = _blocks!.Payload;
        var reader = new RecordReader(payload[_consumed..]);
        try
        {
            var first = reader.ReadByte();
            var kind = (RecordKind)(first & ~JournalFormat.WithoutStep);
            if (kind == RecordKind.Name)
            {
                Define(reader.ReadNumber(), reader.ReadText());
                _consumed = payload.Length - reader.Remaining;
                return false;
            }

            var target = reader.ReadNumber();
            _time += reader.ReadZigzag();
            _step = unchecked(_step + reader.ReadZigzag());
            var hasMetrics = kind is RecordKind.Metrics or RecordKind.Sample;
            var (metrics, isKnown) = hasMetrics ? ReadMetrics(ref reader) : (Count: 0, IsKnown: true);
            var body = hasMetrics ? default : reader.ReadBlob();
            _consumed = payload.Length - reader.Remaining;
            LastRecord = Position;
            Position = Position with { Record = Position.Record + 1 };

            lacksName = !isKnown || (target > 0 && NameOf(target - 1) is null);
            if (lacksName)
            {
                return false;
            }

            record = new JournalRecord
            {
                Kind = kind,
                Target = target == 0 ? null : _names[target - 1],
                Time = new DateTimeOffset(_time, TimeSpan.Zero),
                Step = _step,
                HasStep = (first & JournalFormat.WithoutStep) == 0,
                Metrics = _metrics.AsSpan(0, metrics),
                Body = body,
            };
            return true;
        }
        catch (Exception damage) when (damage is MalformedRecordException or ArgumentOutOfRangeException)
        {
            // The checksum is right and the content is not: whoever wrote it had a defect, or meant harm. The rest has no meaning.
            UnreadableRecords++;
            _consumed = payload.Length;
            return false;
        }
    }

    /// <summary>
    /// Reads the metrics of a call: how many, and whether the names of all are known. All are read either way, to get to the next record.
    /// </summary>
    private (int Count, bool IsKnown) ReadMetrics(ref RecordReader reader)
    {
        var count = reader.ReadCount(1 + sizeof(double));
        if (_metrics.Length < count)
        {
            _metrics = new Metric[count];
        }

        var isKnown = true;
        foreach (ref var metric in _metrics.AsSpan(0, count))
        {
            var name = NameOf(reader.ReadNumber());
            isKnown &= name is not null;
            metric = new Metric(name!, reader.ReadDouble());
        }

        return (count, isKnown);
    }

    private void Define(int id, string name)
    {
        // Numbers are given out one by one, and each definition takes three bytes at least.
        if (id > _nextBlock / 3)
        {
            throw new MalformedRecordException($"The journal defines a name with the number {id}.");
        }

        while (_names.Count <= id)
        {
            _names.Add(null);
        }

        _names[id] = name;
    }

    private string? NameOf(int id) => id < _names.Count ? _names[id] : null;
}
