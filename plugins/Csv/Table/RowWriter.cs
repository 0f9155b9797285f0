using System.Runtime.CompilerServices;
using PluginLoggers.Csv.Storage;

namespace PluginLoggers.Csv.Table;

/// <summary>Writes rows as text.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="format">How cells are written.</param>
/// <param name="width">How many columns the table has.</param>
internal sealed class RowWriter(BlockWriter writer, CsvFormat format, int width)
{
    // By their place in the file: the columns of a run, which of its cells each of them is, and how many separators stand before it; and
    // at last how many stand behind them.
    private int[] _columns = [];
    private int[] _cells = [];
    private int[] _gaps = [];

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Writes the rows of a run.</summary>
    /// <param name="columns">The column of each cell in a row. The first cell is the step.</param>
    /// <param name="cells">The cells, row after row: a whole number for the step, the bits of a double for all others.</param>
    public void Write(ReadOnlySpan<int> columns, ReadOnlySpan<long> cells)
    {
        Order(columns);
        for (; !cells.IsEmpty; cells = cells[columns.Length..])
        {
            WriteRow(cells[..columns.Length]);
        }
    }

    /// <summary>One row. A method of its own, so that it is compiled for good: the loop that calls it runs long and rarely.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteRow(ReadOnlySpan<long> cells)
    {
        // Room is asked for once a row.
        var room = writer.Room((cells.Length * format.Numbers.MaxLength) + width + LineEnd.Length);
        var order = _cells.AsSpan(0, cells.Length);
        var gaps = _gaps.AsSpan(0, cells.Length + 1);
        var length = 0;
        for (var i = 0; i < order.Length; i++)
        {
            length += WriteSeparators(room[length..], gaps[i]);
            var cell = cells[order[i]];
            length += order[i] == 0
                ? NumberText.Write(cell, room[length..])
                : format.Numbers.Write(BitConverter.Int64BitsToDouble(cell), room[length..]);
        }

        length += WriteSeparators(room[length..], gaps[^1]);
        LineEnd.CopyTo(room[length..]);
        writer.Advance(length + LineEnd.Length);
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
        if (_columns.Length < columns.Length)
        {
            (_columns, _cells, _gaps) = (new int[columns.Length], new int[columns.Length], new int[columns.Length + 1]);
        }

        var sorted = _columns.AsSpan(0, columns.Length);
        var cells = _cells.AsSpan(0, columns.Length);
        columns.CopyTo(sorted);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = i;
        }

        sorted.Sort(cells);
        var column = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            _gaps[i] = sorted[i] - column;
            column = sorted[i];
        }

        _gaps[sorted.Length] = width - 1 - column;
    }
}
