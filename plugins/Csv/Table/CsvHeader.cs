using System.Buffers;
using System.Text;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// The names of the columns as the first record of a CSV file (<see href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</see>, UTF-8
/// without a mark).
/// </summary>
internal static class CsvHeader
{
    /// <summary>What a reader takes into memory at most: 256 MiB.</summary>
    private const long MaxLength = 256L << 20;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The record, its line end included; quoted is what would be read as something else, and nothing more.</summary>
    public static byte[] ToBytes(IReadOnlyList<string> names)
    {
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            if (names[i].AsSpan().ContainsAny(NeedQuotes))
            {
                text.Append('"').Append(names[i]).Replace("\"", "\"\"", text.Length - names[i].Length, names[i].Length).Append('"');
            }
            else
            {
                text.Append(names[i]);
            }
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Reads the first record of a stream, as <see cref="ToBytes"/> writes it, and somewhat more freely quoted.</summary>
    /// <returns>The names, and the length of the record in bytes, its line end included. The stream stands anywhere.</returns>
    /// <exception cref="InvalidDataException">It is torn, no UTF-8, no record, or has a name twice.</exception>
    public static (IReadOnlyList<string> Names, int Length) Read(Stream stream)
    {
        using var record = new MemoryStream();
        var block = new byte[16 * 1024];
        var isQuoted = false;
        for (int length; record.Length < MaxLength && (length = stream.Read(block)) > 0;)
        {
            var end = EndOfRecord(block.AsSpan(0, length), ref isQuoted);
            record.Write(block, 0, end < 0 ? length : end);
            if (end >= 0)
            {
                return (Parse(Decode(record)), (int)record.Length);
            }
        }

        throw new InvalidDataException("its header is not whole");
    }

    /// <summary>The offset behind the first line end outside quotes, or -1.</summary>
    private static int EndOfRecord(ReadOnlySpan<byte> block, ref bool isQuoted)
    {
        for (var i = 0; i < block.Length; i++)
        {
            if (block[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (block[i] == '\n' && !isQuoted)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static string Decode(MemoryStream record)
    {
        try
        {
            return StrictUtf8.GetString(record.GetBuffer(), 0, (int)record.Length);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("its header is no UTF-8", exception);
        }
    }

    private static List<string> Parse(string record)
    {
        var names = new List<string>();
        for (var at = 0; at < record.Length;)
        {
            names.Add(record[at] == '"' ? Quoted(record, ref at) : Plain(record, ref at));
            if (record.AsSpan(at) is "\r\n")
            {
                return names.Distinct(StringComparer.Ordinal).Count() == names.Count
                    ? names
                    : throw new InvalidDataException("its header has a name twice");
            }

            if (record[at++] != ',')
            {
                break;
            }
        }

        throw new InvalidDataException("its header is no CSV");
    }

    private static string Plain(string record, ref int at)
    {
        // The record ends with a line feed: there is always something to find.
        var length = record.AsSpan(at).IndexOfAny(NeedQuotes);
        at += length;
        return record.Substring(at - length, length);
    }

    private static string Quoted(string record, ref int at)
    {
        var start = ++at;
        for (; record.IndexOf('"', at) is >= 0 and var quote; at = quote + 2)
        {
            if (record[quote + 1] != '"')
            {
                at = quote + 1;
                return record[start..quote].Replace("\"\"", "\"", StringComparison.Ordinal);
            }
        }

        throw new InvalidDataException("its header is no CSV");
    }
}
