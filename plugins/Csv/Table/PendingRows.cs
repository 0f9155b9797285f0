namespace PluginLoggers.Csv.Table;

/// <summary>Rows that wait for a save, as numbers: they become text when they are written, which is twice as long.</summary>
/// <remarks>Allocates only to grow, and for a name that is new.</remarks>
internal sealed class PendingRows(ColumnTable columns)
{
    // The first cell is the step, a whole number; all others are the bits of a double, in the order of the call.
    private readonly RowRuns _rows = new();

    // What stood at each position of earlier calls. A loop logs the same names again, and a reference is compared faster than a name is
    // hashed.
    private (string Name, int Column)[] _positions = [];

    // How many names the last call had, if it was one row: they are in _positions, and a call with the same ones is another row of its
    // run. Else 0.
    private int _repeatable;

    // The columns of a row that is being added; and for each column the number of the last row that has it. Numbers are never used again.
    private int[] _columns = [];
    private long[] _lastRows = [];
    private long _row;

    public RowRuns Rows => _rows;

    /// <summary>Adds the row of a call, or more than one if it has a name twice.</summary>
    public void Add(ReadOnlySpan<Metric> metrics, long step)
    {
        if (!metrics.IsEmpty && (metrics.Length != _repeatable || !TryRepeat(metrics, step)))
        {
            Resolve(metrics, step);
        }
    }

    public void Clear()
    {
        _rows.Clear();
        _repeatable = 0;
    }

    /// <summary>Follows columns to their new places.</summary>
    public void Renumber(ReadOnlySpan<int> places)
    {
        _rows.Renumber(places);
        Array.Clear(_positions);
        _repeatable = 0;
    }

    /// <summary>Adds another row of the last call's columns, if there is room and the names are the same.</summary>
    private bool TryRepeat(ReadOnlySpan<Metric> metrics, long step)
    {
        var cells = _rows.Repeat();
        if (cells.IsEmpty)
        {
            return false;
        }

        cells[0] = step;
        cells = cells[1..];
        var positions = _positions.AsSpan(0, metrics.Length);
        for (var i = 0; i < metrics.Length; i++)
        {
            if (!ReferenceEquals(positions[i].Name, metrics[i].Name))
            {
                return false;
            }

            cells[i] = BitConverter.DoubleToInt64Bits(metrics[i].Value);
        }

        _rows.EndRow();
        return true;
    }

    /// <summary>Adds a call whose columns have to be looked up.</summary>
    private void Resolve(ReadOnlySpan<Metric> metrics, long step)
    {
        _repeatable = 0;
        if (_positions.Length < metrics.Length)
        {
            Array.Resize(ref _positions, metrics.Length);
            _columns = new int[metrics.Length + 1];
        }

        if (columns.Count == 0)
        {
            columns.AddNewOf(metrics);
        }

        var start = 0;
        _row++;
        for (var i = 0; i < metrics.Length; i++)
        {
            var column = ReferenceEquals(_positions[i].Name, metrics[i].Name) ? _positions[i].Column : Find(metrics, i);
            if (_lastRows[column] == _row)
            {
                AddRow(metrics[start..i], step);
                start = i;
                _row++;
            }

            _lastRows[column] = _row;
            _columns[i - start + 1] = column;
        }

        AddRow(metrics[start..], step);
        _repeatable = start == 0 ? metrics.Length : 0;
    }

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

    private void AddRow(ReadOnlySpan<Metric> metrics, long step)
    {
        _columns[0] = columns.StepIndex;
        var cells = _rows.Begin(_columns.AsSpan(0, metrics.Length + 1));
        cells[0] = step;
        for (var i = 0; i < metrics.Length; i++)
        {
            cells[i + 1] = BitConverter.DoubleToInt64Bits(metrics[i].Value);
        }

        _rows.EndRow();
    }
}
