namespace PluginLoggers.Csv.Table;

/// <summary>Rows that wait for a save: 12 bytes a metric and 16 a row, whatever the width of the table.</summary>
/// <remarks>Allocates only to grow, and for a name that is new. Cleared, it keeps its memory for the next rows.</remarks>
internal sealed class PendingRows(ColumnTable columns)
{
    /// <summary>So few are sorted faster one by one than by a call.</summary>
    private const int FewCells = 16;

    // Cell by cell, row after row, each row's sorted by column. The step is a cell whose bits are a whole number, all others' are a double.
    private int[] _cellColumns = new int[64];
    private long[] _cellBits = new long[64];
    private int _cells;

    // Where the cells of each row end.
    private int[] _rowEnds = new int[16];

    // By column, the number of the last row that has it; numbers are never used again.
    private long[] _lastRows = [];
    private long _row;

    // What stood at each position of earlier calls. A loop logs the same names again, and a reference is compared faster than a name is
    // hashed.
    private (string Name, int Column)[] _positions = [];

    public int Count { get; private set; }

    /// <summary>Adds the row of a call, or more than one if it has a name twice.</summary>
    public void Add(ReadOnlySpan<Metric> metrics, long step)
    {
        if (metrics.IsEmpty)
        {
            return;
        }

        Reserve(metrics.Length);
        if (columns.Count == 0)
        {
            columns.AddNewOf(metrics);
        }

        BeginRow(step);
        for (var i = 0; i < metrics.Length; i++)
        {
            ref readonly var metric = ref metrics[i];
            var column = ReferenceEquals(_positions[i].Name, metric.Name) ? _positions[i].Column : Find(metrics, i);
            if (_lastRows[column] == _row)
            {
                EndRow();
                BeginRow(step);
            }

            _lastRows[column] = _row;
            AddCell(column, BitConverter.DoubleToInt64Bits(metric.Value));
        }

        EndRow();
    }

    /// <summary>The cells of a row, sorted by column.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _cellColumns.AsSpan(Start(row).._rowEnds[row]);

    /// <summary>The contents of these cells: a whole number for the step, the bits of a double for the others.</summary>
    public ReadOnlySpan<long> BitsOf(int row) => _cellBits.AsSpan(Start(row).._rowEnds[row]);

    public void Clear() => (Count, _cells) = (0, 0);

    /// <summary>Follows columns to their new places.</summary>
    public void Renumber(ReadOnlySpan<int> places)
    {
        Array.Clear(_positions);
        for (var i = 0; i < _cells; i++)
        {
            _cellColumns[i] = places[_cellColumns[i]];
        }

        for (var row = 0; row < Count; row++)
        {
            Sort(Start(row), _rowEnds[row]);
        }
    }

    private int Start(int row) => row == 0 ? 0 : _rowEnds[row - 1];

    private int Find(ReadOnlySpan<Metric> metrics, int i)
    {
        var name = metrics[i].Name;
        if (!columns.TryFind(name, out var column))
        {
            columns.AddNewOf(metrics[i..]);
            columns.TryFind(name, out column);
        }

        if (_lastRows.Length < columns.Count)
        {
            Array.Resize(ref _lastRows, Math.Max(columns.Count, 2 * _lastRows.Length));
        }

        _positions[i] = (name, column);
        return column;
    }

    private void BeginRow(long step)
    {
        _row++;
        AddCell(columns.StepIndex, step);
    }

    private void AddCell(int column, long bits)
    {
        (_cellColumns[_cells], _cellBits[_cells]) = (column, bits);
        _cells++;
    }

    private void EndRow()
    {
        if (Count == _rowEnds.Length)
        {
            Array.Resize(ref _rowEnds, 2 * Count);
        }

        Sort(Start(Count), _cells);
        _rowEnds[Count++] = _cells;
    }

    private void Sort(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (_cellColumns[i - 1] > _cellColumns[i])
            {
                if (end - start > FewCells)
                {
                    _cellColumns.AsSpan(start..end).Sort(_cellBits.AsSpan(start..end));
                    return;
                }

                Insert(start, i);
            }
        }
    }

    /// <summary>Puts a cell where it belongs among those before it, which are sorted.</summary>
    private void Insert(int start, int at)
    {
        var (column, bits) = (_cellColumns[at], _cellBits[at]);
        for (; at > start && _cellColumns[at - 1] > column; at--)
        {
            (_cellColumns[at], _cellBits[at]) = (_cellColumns[at - 1], _cellBits[at - 1]);
        }

        (_cellColumns[at], _cellBits[at]) = (column, bits);
    }

    /// <summary>Room for a call, even if each of its metrics begins a row.</summary>
    private void Reserve(int metrics)
    {
        if (_cellColumns.Length - _cells < 2 * metrics)
        {
            var length = Math.Max(2 * _cellColumns.Length, _cells + (2 * metrics));
            Array.Resize(ref _cellColumns, length);
            Array.Resize(ref _cellBits, length);
        }

        if (_positions.Length < metrics)
        {
            Array.Resize(ref _positions, metrics);
        }
    }
}
