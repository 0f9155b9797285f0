using System.Runtime.CompilerServices;
using PluginLoggers.Csv.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>Writes rows as text.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="format">How cells are written.</param>
/// <param name="width">How many columns the table has.</param>
internal sealed class RowWriter(BlockWriter writer, CsvFormat format, int width)
{
    /// <summary>How much room is asked for at once, if a row does not need more.</summary>
    private const int RoomLength = 16 * 1024;

    // By their place in the file: the columns of a run, which of its cells each of them is, and how many separators stand before it; and
    // at last how many stand behind them.
    private int[] _columns = [];
    private (int Cell, int Separators)[] _places = [];
    private int _trailing;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Writes the rows of a run.</summary>
    /// <param name="columns">The column of each cell in a row. The first cell is the step.</param>
    /// <param name="cells">The cells, row after row: a whole number for the step, the bits of a double for all others.</param>
    public void Write(ReadOnlySpan<int> columns, ReadOnlySpan<long> cells)
    {
        Order(columns);
        var rowLength = (columns.Length * format.Numbers.MaxLength) + width + LineEnd.Length;
        var most = Math.Max(1, RoomLength / rowLength) * columns.Length;
        for (int count; (count = Math.Min(cells.Length, most)) > 0; cells = cells[count..])
        {
            writer.Advance(WriteRows(columns.Length, cells[..count], writer.Room(count / columns.Length * rowLength)));
        }
    }

    /// <summary>Some rows. A method of its own, so that it is compiled for good: the loop that calls it runs long and rarely.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int WriteRows(int count, ReadOnlySpan<long> cells, Span<byte> room)
    {
        var places = _places.AsSpan(0, count);
        var length = 0;
        for (; !cells.IsEmpty; cells = cells[count..])
        {
            foreach (ref readonly var place in places)
            {
                length += WriteSeparators(room[length..], place.Separators);
                length += place.Cell == 0
                    ? NumberText.Write(cells[0], room[length..])
                    : format.Numbers.Write(BitConverter.Int64BitsToDouble(cells[place.Cell]), room[length..]);
            }

            length += WriteSeparators(room[length..], _trailing);
            LineEnd.CopyTo(room[length..]);
            length += LineEnd.Length;
        }

        return length;
    }

    private int WriteSeparators(Span<byte> target, int count)
    {
        if (count == 1)
        {
            target[0] = format.Separator;
        }
        else
        {
            target[..count].Fill(format.Separator);
        }

        return count;
    }

    private void Order(ReadOnlySpan<int> columns)
    {
        if (_places.Length < columns.Length)
        {
            (_columns, _places) = (new int[columns.Length], new (int, int)[columns.Length]);
        }

        var sorted = _columns.AsSpan(0, columns.Length);
        var places = _places.AsSpan(0, columns.Length);
        columns.CopyTo(sorted);
        for (var i = 0; i < places.Length; i++)
        {
            places[i].Cell = i;
        }

        sorted.Sort(places);
        var column = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            places[i].Separators = sorted[i] - column;
            column = sorted[i];
        }

        _trailing = width - 1 - column;
    }
}
