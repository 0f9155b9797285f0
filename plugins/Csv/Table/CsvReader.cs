using System.Buffers;
using System.Text;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// Reads a CSV file record by record, strictly by <see href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</see>, with line ends of
/// either kind. What is no record is passed over up to the end of its line, and the next line is tried.
/// </summary>
/// <remarks>
/// Memory is bounded by the longest record, and by <see cref="MaxLength"/>. Time is linear in the length of the file, also in one of
/// nothing but quotes: a line with an odd number of them is read up to the next such line, which ends what it began or shows that it is
/// none.
/// </remarks>
/// <param name="stream">The file, where a record begins.</param>
/// <param name="separator">Stands between cells.</param>
/// <param name="start">Where in the file that is.</param>
internal sealed class CsvReader(Stream stream, byte separator, long start = 0)
{
    /// <summary>A longer record is none, in bytes.</summary>
    public const int MaxLength = 64 << 20;

    private const int BlockLength = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SearchValues<byte> _ends = SearchValues.Create([separator, (byte)'\r', (byte)'\n', (byte)'"']);
    private readonly List<(int Start, int Length, bool IsQuoted)> _cells = [];
    private byte[] _buffer = new byte[BlockLength];
    private int _begin;
    private int _end;
    private int _length;
    private long _passedOver;
    private bool _isAtEnd;

    private enum Outcome
    {
        Whole,
        Unfinished,
        Malformed,
    }

    /// <summary>Where the record, or what is none, begins in the file, in bytes.</summary>
    public long Offset { get; private set; } = start;

    /// <summary>Where it ends.</summary>
    public long End => Offset + _passedOver + _length;

    /// <summary>Why it is no record; null for one.</summary>
    public string? Damage { get; private set; }

    /// <summary>How many cells it has.</summary>
    public int Count => _cells.Count;

    /// <summary>Whether the line is empty; written by nobody, and no damage.</summary>
    public bool IsBlank => _cells is [(_, 0, false)];

    /// <summary>Whether the record ends as RFC 4180 says, with CR LF.</summary>
    public bool EndsWithCrLf => _buffer.AsSpan(_begin, _length).EndsWith("\r\n"u8);

    /// <summary>A cell without the quotes around it; within it, quotes are still doubled. Valid until the next read.</summary>
    public ReadOnlySpan<byte> this[int cell] => _buffer.AsSpan(_begin + _cells[cell].Start, _cells[cell].Length);

    /// <summary>Whether a cell stands in quotes.</summary>
    public bool IsQuoted(int cell) => _cells[cell].IsQuoted;

    /// <summary>Reads on; false at the end.</summary>
    public bool Read()
    {
        Skip(_length);
        Damage = null;
        while (true)
        {
            switch (Parse(_buffer.AsSpan(_begin.._end)))
            {
                case Outcome.Whole:
                    return true;
                case Outcome.Malformed:
                    return PassOver("is no CSV: a quote stands where none may");
                case Outcome.Unfinished when _end - _begin >= MaxLength:
                    return PassOver($"is longer than {MaxLength >> 20} MiB");
                case Outcome.Unfinished when !Fill():
                    var isQuoted = _buffer.AsSpan(_begin.._end).Contains((byte)'\n');
                    return _end > _begin && PassOver(isQuoted ? "is no CSV: a quote is not closed" : "is cut off: it has no line end");
                default:
                    break;
            }
        }
    }

    /// <summary>A cell as text; null if it is no UTF-8.</summary>
    public string? Text(int cell)
    {
        try
        {
            var text = StrictUtf8.GetString(this[cell]);
            return IsQuoted(cell) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Divides what stands at the beginning of a block into cells.</summary>
    private Outcome Parse(ReadOnlySpan<byte> block)
    {
        _cells.Clear();
        for (var at = 0; at < block.Length; at++)
        {
            var outcome = block[at] == '"' ? ParseQuoted(block, ref at) : ParsePlain(block, ref at);
            if (outcome != Outcome.Whole)
            {
                return outcome;
            }

            if (block[at] == separator)
            {
                continue;
            }

            if (block[at] == '\r' && ++at == block.Length)
            {
                return Outcome.Unfinished;
            }

            _length = at + 1;
            return block[at] == '\n' ? Outcome.Whole : Outcome.Malformed;
        }

        return Outcome.Unfinished;
    }

    /// <summary>A cell without quotes, up to what ends it.</summary>
    private Outcome ParsePlain(ReadOnlySpan<byte> block, ref int at)
    {
        var length = block[at..].IndexOfAny(_ends);
        if (length < 0)
        {
            return Outcome.Unfinished;
        }

        _cells.Add((at, length, false));
        at += length;
        return block[at] == '"' ? Outcome.Malformed : Outcome.Whole;
    }

    /// <summary>A cell in quotes, up to what follows the last of them.</summary>
    private Outcome ParseQuoted(ReadOnlySpan<byte> block, ref int at)
    {
        var start = ++at;
        while (true)
        {
            var length = block[at..].IndexOf((byte)'"');
            at += length + 1;
            if (length < 0 || at == block.Length)
            {
                return Outcome.Unfinished;
            }

            if (block[at] != '"')
            {
                _cells.Add((start, at - start - 1, true));
                return _ends.Contains(block[at]) ? Outcome.Whole : Outcome.Malformed;
            }

            at++;
        }
    }

    /// <summary>Takes everything up to the end of the line for no record.</summary>
    private bool PassOver(string damage)
    {
        Damage = damage;
        _cells.Clear();
        var skipped = 0L;
        while (true)
        {
            var line = _buffer.AsSpan(_begin.._end).IndexOf((byte)'\n') + 1;
            if (line > 0 || _isAtEnd)
            {
                _length = line > 0 ? line : _end - _begin;
                (Offset, _passedOver) = (Offset - skipped, skipped);
                return true;
            }

            skipped += _end - _begin;
            Skip(_end - _begin);
            Fill();
        }
    }

    private void Skip(int length)
    {
        Offset += length + _passedOver;
        (_begin, _length, _passedOver) = (_begin + length, 0, 0);
    }

    /// <summary>Reads more behind what is there; false at the end of the file.</summary>
    private bool Fill()
    {
        var kept = _end - _begin;
        if (kept > _buffer.Length / 2)
        {
            var larger = new byte[Math.Min(2L * _buffer.Length, MaxLength + BlockLength)];
            _buffer.AsSpan(_begin, kept).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_begin, kept).CopyTo(_buffer);
        }

        (_begin, _end) = (0, kept);
        var read = stream.ReadAtLeast(_buffer.AsSpan(kept), _buffer.Length - kept, throwOnEndOfStream: false);
        _end += read;
        _isAtEnd = _end < _buffer.Length;
        return read > 0;
    }
}
