using System.Globalization;
using System.Numerics;
using System.Text;

namespace PluginLoggers.MLflow.StandIn;

/// <summary>
/// Reads JSON as Python does: bare <c>NaN</c> and <c>Infinity</c> are numbers, integers have any size, and of a key given twice the last
/// value counts. Values are null, <see cref="bool"/>, <see cref="BigInteger"/>, <see cref="double"/>, <see cref="string"/>, lists and
/// dictionaries in the order of the text.
/// </summary>
internal sealed class PythonJson
{
    private const int MaxDepth = 100;
    private static readonly Dictionary<string, object?> Words = new()
    {
        ["null"] = null,
        ["true"] = true,
        ["false"] = false,
        ["NaN"] = double.NaN,
        ["Infinity"] = double.PositiveInfinity,
        ["-Infinity"] = double.NegativeInfinity,
    };

    private readonly string _text;
    private int _at;

    private PythonJson(string text) => _text = text;

    /// <exception cref="FormatException">It is no JSON, in the eyes of Python.</exception>
    public static object? Parse(byte[] body)
    {
        var parser = new PythonJson(new UTF8Encoding(false, throwOnInvalidBytes: false).GetString(body).TrimStart('\uFEFF'));
        var value = parser.Value(0);
        parser.Blanks();
        return parser._at == parser._text.Length ? value : throw new FormatException("There is something after the value.");
    }

    private object? Value(int depth)
    {
        Blanks();
        if (_at == _text.Length || depth > MaxDepth)
        {
            throw new FormatException("There is no value.");
        }

        foreach (var (word, value) in Words)
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return value;
            }
        }

        return _text[_at] switch { '{' => Dictionary(depth), '[' => List(depth), '"' => Text(), _ => Number() };
    }

    private OrderedDictionary<string, object?> Dictionary(int depth)
    {
        var dictionary = new OrderedDictionary<string, object?>();
        _at++;
        while (!Take('}'))
        {
            if (dictionary.Count > 0)
            {
                Expect(',');
            }

            Blanks();
            var key = Text();
            Expect(':');
            dictionary[key] = Value(depth + 1);
        }

        return dictionary;
    }

    private List<object?> List(int depth)
    {
        var list = new List<object?>();
        _at++;
        while (!Take(']'))
        {
            if (list.Count > 0)
            {
                Expect(',');
            }

            list.Add(Value(depth + 1));
        }

        return list;
    }

    private string Text()
    {
        Expect('"');
        var text = new StringBuilder();
        for (var c = Next(); c != '"'; c = Next())
        {
            text.Append(c != '\\' ? c : Next() switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(string.Concat(Next(), Next(), Next(), Next()), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture),
                var other and ('"' or '\\' or '/') => other,
                _ => throw new FormatException("There is an unknown escape."),
            });
        }

        return text.ToString();
    }

    private object Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
        {
            _at++;
        }

        var number = _text.AsSpan(start, _at - start);
        return number.IndexOfAny(".eE") < 0
            ? BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private char Next() => _at < _text.Length ? _text[_at++] : throw new FormatException("The text ends too early.");

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw new FormatException($"There is no '{expected}' at {_at}.");
        }
    }

    private bool Take(char expected)
    {
        Blanks();
        if (_at == _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Blanks()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\r' or '\n'))
        {
            _at++;
        }
    }
}
