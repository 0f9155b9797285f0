using System.Text;

namespace PluginLoggers.Cli.JsonLines;

/// <summary>Logs JSON Lines to a run, each line as it comes.</summary>
/// <param name="logger">The run.</param>
/// <param name="onBadLine">Told of each line that cannot be logged, with the reason.</param>
/// <param name="largestStep">The largest step that the run has already; null if it has none.</param>
internal sealed class JsonLinesLog(ILightningLogger logger, Action<long, string> onBadLine, long? largestStep = null)
{
    private const int MaxLineMebibytes = 16;

    private readonly JsonLineParser _parser = new();
    private long? _largestStep = largestStep;

    /// <summary>How many lines were logged.</summary>
    public long Lines { get; private set; }

    /// <summary>How many metrics they had.</summary>
    public long Metrics { get; private set; }

    /// <summary>How many texts they had.</summary>
    public long Texts { get; private set; }

    /// <summary>How many lines could not be logged.</summary>
    public long BadLines { get; private set; }

    /// <summary>Logs everything up to the end of the input.</summary>
    /// <param name="input">UTF-8, with a byte order mark or without. Empty lines are passed over.</param>
    /// <param name="cancellationToken">Stops waiting for more.</param>
    /// <exception cref="InvalidDataException">The input is UTF-16, so that no line of it could be logged.</exception>
    public async Task RunAsync(Stream input, CancellationToken cancellationToken)
    {
        var reader = new LineReader(input, MaxLineMebibytes * 1024 * 1024);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                Log(reader);
            }
            catch (BadLineException bad)
            {
                BadLines++;
                onBadLine(reader.Number, bad.Message);
            }
        }
    }

    private void Log(LineReader reader)
    {
        if (reader.IsTooLong)
        {
            throw new BadLineException($"is longer than {MaxLineMebibytes} MiB.");
        }

        var line = reader.Number == 1 ? WithoutByteOrderMark(reader.Line.Span) : reader.Line.Span;
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        _parser.Parse(line);

        // Counted here and not left to the run, because the texts of a line have the step of its metrics, and a line of nulls has one too.
        var step = _parser.Step ?? NextStep();
        logger.LogMetrics(_parser.Metrics, step);
        foreach (var (name, text) in _parser.Texts)
        {
            logger.LogText(name, text, step);
        }

        _largestStep = Math.Max(_largestStep ?? step, step);
        Lines++;
        Metrics += _parser.Metrics.Length;
        Texts += _parser.Texts.Count;
    }

    private long NextStep() => _largestStep switch
    {
        null => 0,
        long.MaxValue => throw new BadLineException($"has no step, and there is none after {long.MaxValue}."),
        { } largest => largest + 1,
    };

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Encoding.Unicode.Preamble) || line.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            throw new InvalidDataException(
                "The input is UTF-16; expected UTF-8. (Windows PowerShell's '>' writes UTF-16; that of PowerShell 7 does not.)");
        }

        return line.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
    }
}
