namespace PluginLoggers.Cli.JsonLines;

/// <summary>Reads a stream line by line, each as soon as it is whole, in bounded memory.</summary>
/// <param name="input">The stream; one that blocks does not block the caller.</param>
/// <param name="maxLineBytes">The longest line that is kept; of a longer one only the number is.</param>
internal sealed class LineReader(Stream input, int maxLineBytes)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _ended;

    /// <summary>The number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line, without its line feed; valid until the next one is read. Empty if it is too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the current line is longer than allowed.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line; false at the end.</summary>
    /// <param name="cancellationToken">Cancels the wait. A read that is under way is left behind, and the reader is done.</param>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        while (true)
        {
            var length = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                Take(_scanned + length, next: _scanned + length + 1);
                return true;
            }

            _scanned = _end;
            if (_end - _start > maxLineBytes)
            {
                IsTooLong = true;
                _start = _scanned = _end = 0;
            }

            if (_ended)
            {
                var isLine = _end > _start || IsTooLong;
                if (isLine)
                {
                    Take(_end, next: _end);
                }

                return isLine;
            }

            MakeRoom();

            cancellationToken.ThrowIfCancellationRequested();

            // The console's stream knows no cancellation, and a producer may be silent for hours.
            var reading = input.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None).AsTask();
            var read = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
            _end += read;
            _ended = read == 0;
        }
    }

    private void Take(int end, int next)
    {
        IsTooLong |= end - _start > maxLineBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, end - _start);
        _start = _scanned = next;
        Number++;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _scanned, _end) = (0, _scanned - _start, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
