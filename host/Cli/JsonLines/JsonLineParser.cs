using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PluginLoggers.Cli.JsonLines;

/// <summary>
/// Reads one JSON object as the metrics of one step. Nested names are joined with <c>/</c>; booleans are 0 and 1; <c>NaN</c> and the
/// infinities are numbers, as strings or bare; other strings are texts; null is nothing. A line is taken as a whole or not at all.
/// </summary>
internal sealed class JsonLineParser
{
    private const int MaxDepth = 64;
    private const long MaxExactInteger = 1L << 53;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private readonly NameTable _names = new();
    private readonly List<Metric> _metrics = [];
    private readonly List<(string Name, string Text)> _texts = [];
    private readonly int[] _prefixes = new int[MaxDepth + 1];
    private byte[] _path = new byte[256];
    private int _pathLength;
    private bool _hasStep;

    /// <summary>The step of the line; null is the next one.</summary>
    public long? Step { get; private set; }

    /// <summary>The metrics of the line.</summary>
    public ReadOnlySpan<Metric> Metrics => CollectionsMarshal.AsSpan(_metrics);

    /// <summary>The texts of the line.</summary>
    public IReadOnlyList<(string Name, string Text)> Texts => _texts;

    /// <summary>Reads a line.</summary>
    /// <exception cref="BadLineException">It cannot be logged.</exception>
    public void Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            throw new BadLineException("is not UTF-8.");
        }

        if (NotJson(line) is { } reason)
        {
            var quoted = BareNumbers.Quote(line) ?? throw new BadLineException(reason);
            reason = NotJson(quoted);
            if (reason is not null)
            {
                throw new BadLineException(reason);
            }
        }
    }

    private string? NotJson(ReadOnlySpan<byte> line)
    {
        try
        {
            ParseJson(line);
            return null;
        }
        catch (JsonException failure)
        {
            // The message ends with a position of its own making, which counts lines and bytes from 0.
            var message = failure.Message.Split(" LineNumber:")[0];
            return $"is not JSON, at byte {failure.BytePositionInLine + 1}: {message}";
        }
        catch (InvalidOperationException)
        {
            // What the reader throws where a name or a text is unescaped.
            return "has half of a surrogate pair.";
        }
    }

    private void ParseJson(ReadOnlySpan<byte> line)
    {
        (Step, _hasStep) = (null, false);
        _metrics.Clear();
        _texts.Clear();
        _names.BeginLine();

        var reader = new Utf8JsonReader(line, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException($"is {Kind(reader.TokenType)}; expected an object, such as {{\"step\":1,\"loss\":0.5}}.");
        }

        _prefixes[1] = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1 && reader.ValueTextEquals("step"u8):
                    reader.Read();
                    ReadStep(ref reader);
                    break;
                case JsonTokenType.PropertyName:
                    ReadName(ref reader);
                    break;
                case JsonTokenType.StartObject:
                    _prefixes[reader.CurrentDepth + 1] = _pathLength;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.Null:
                    break;
                default:
                    ReadValue(ref reader);
                    break;
            }
        }
    }

    private void ReadStep(ref Utf8JsonReader reader)
    {
        if (_hasStep)
        {
            throw new BadLineException("has two steps.");
        }

        _hasStep = true;
        Step = reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when reader.TryGetInt64(out var step) => step,
            JsonTokenType.Number when reader.TryGetDouble(out var step) && IsExactInteger(step) => (long)step,
            JsonTokenType.Number => throw new BadLineException(
                $"has the step {Excerpt(reader.ValueSpan)}; expected an integer of 64 bits."),
            _ => throw new BadLineException($"has {Kind(reader.TokenType)} as its step; expected an integer."),
        };
    }

    private void ReadName(ref Utf8JsonReader reader)
    {
        var prefix = _prefixes[reader.CurrentDepth];
        var needed = prefix + 1 + reader.ValueSpan.Length;
        if (_path.Length < needed)
        {
            Array.Resize(ref _path, Math.Max(needed, _path.Length * 2));
        }

        _pathLength = prefix;
        if (reader.CurrentDepth > 1)
        {
            _path[_pathLength++] = (byte)'/';
        }

        _pathLength += reader.CopyString(_path.AsSpan(_pathLength));
        if (_pathLength > RecordLimits.MaxNameBytes)
        {
            throw new BadLineException($"has a name longer than {RecordLimits.MaxNameBytes} bytes.");
        }
    }

    private void ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            throw new BadLineException($"has a list as '{Excerpt(Path)}'; expected a number. Several numbers need a name each.");
        }

        if (!_names.TryAdd(Path, out var name))
        {
            throw new BadLineException($"has '{Excerpt(Path)}' twice.");
        }

        if (Number(ref reader) is not { } value)
        {
            _texts.Add((name, reader.GetString()!));
            return;
        }

        _metrics.Add(new Metric(name, value));
        if (_metrics.Count > RecordLimits.MaxMetricsPerCall)
        {
            throw new BadLineException($"has more than {RecordLimits.MaxMetricsPerCall} metrics.");
        }
    }

    private double? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        JsonTokenType.Number when reader.TryGetDouble(out var value) && double.IsFinite(value) => value,
        JsonTokenType.Number => throw new BadLineException(
            $"has '{Excerpt(Path)}' = {Excerpt(reader.ValueSpan)}, out of the range of a double; for an infinity write \"Infinity\"."),
        _ when reader.ValueTextEquals("NaN"u8) => double.NaN,
        _ when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        _ when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => null,
    };

    private static bool IsExactInteger(double value) => double.IsInteger(value) && Math.Abs(value) <= MaxExactInteger;

    private ReadOnlySpan<byte> Path => _path.AsSpan(0, _pathLength);

    private static string Excerpt(ReadOnlySpan<byte> utf8)
    {
        const int longest = 80;
        return utf8.Length <= longest ? Encoding.UTF8.GetString(utf8) : Encoding.UTF8.GetString(utf8[..longest]).TrimEnd('\uFFFD') + "...";
    }

    private static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}
