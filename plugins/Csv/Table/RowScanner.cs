using System.Buffers;

namespace PluginLoggers.Csv.Table;

/// <summary>Finds the end of rows that were written earlier, and takes nothing for a row that is none.</summary>
internal static class RowScanner
{
    private const int BlockLength = 256 * 1024;

    /// <summary>Every character of a number, as it is written here and as a spreadsheet does.</summary>
    private static ReadOnlySpan<byte> NumberCharacters => "0123456789+-.eENainf"u8;

    /// <summary>The length in bytes of so many rows from where the stream stands. The stream is left anywhere behind them.</summary>
    /// <exception cref="InvalidDataException">There are fewer whole rows, or one is none of <paramref name="width"/> numbers.</exception>
    public static long LengthOf(long rows, Stream stream, int width, CsvFormat format)
    {
        var rowCharacters = SearchValues.Create([.. NumberCharacters, format.Separator]);

        // No row is longer than all of its cells can be; so what has no line end, however long it is, is not read into memory.
        var buffer = new byte[Math.Max(BlockLength, (width * (format.Numbers.MaxLength + 1)) + 2)];
        var (length, start, end) = (0L, 0, 0);
        for (var row = 1L; row <= rows; row++)
        {
            int lineEnd;
            while ((lineEnd = buffer.AsSpan(start..end).IndexOf((byte)'\n')) < 0)
            {
                buffer.AsSpan(start..end).CopyTo(buffer);
                (start, end) = (0, end - start);
                var read = stream.Read(buffer.AsSpan(end));
                end += read > 0 ? read : throw new InvalidDataException($"it has {row - 1} whole rows only");
            }

            if (!IsRow(buffer.AsSpan(start, lineEnd)))
            {
                throw new InvalidDataException($"its row {row} is none of {width} numbers");
            }

            start += lineEnd + 1;
            length += lineEnd + 1;
        }

        return length;

        bool IsRow(ReadOnlySpan<byte> line) =>
            line is [.. var row, (byte)'\r'] && row.Count(format.Separator) == width - 1 && !row.ContainsAnyExcept(rowCharacters);
    }
}
