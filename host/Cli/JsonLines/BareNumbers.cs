namespace PluginLoggers.Cli.JsonLines;

/// <summary>JSON has no NaN and no infinity, but Python's <c>json.dumps</c> writes them all the same: as bare words.</summary>
internal static class BareNumbers
{
    /// <summary>Puts the bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> into quotes; null if there is none.</summary>
    public static byte[]? Quote(ReadOnlySpan<byte> json)
    {
        List<byte>? quoted = null;
        var copied = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
            {
                i = EndOfString(json, i);
            }
            else if (Word(json[i..]) is var length and > 0)
            {
                quoted ??= new List<byte>(json.Length + 16);
                quoted.AddRange(json[copied..i]);
                quoted.Add((byte)'"');
                quoted.AddRange(json.Slice(i, length));
                quoted.Add((byte)'"');
                copied = i + length;
                i = copied - 1;
            }
        }

        quoted?.AddRange(json[copied..]);
        return quoted?.ToArray();
    }

    private static int Word(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? "NaN".Length
        : json.StartsWith("Infinity"u8) ? "Infinity".Length
        : json.StartsWith("-Infinity"u8) ? "-Infinity".Length
        : 0;

    private static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        var i = start + 1;
        while (i < json.Length && json[i] != '"')
        {
            i += json[i] == '\\' ? 2 : 1;
        }

        return i;
    }
}
