using System.Buffers;

namespace PluginLoggers.Csv.Table;

/// <summary>
/// Rows of numbers in memory: 8 bytes a cell, and 20 bytes and 4 a cell more wherever a row has other columns than the one before.
/// </summary>
/// <remarks>Grows by blocks of the shared pool: nothing is copied, and what many rows needed goes back when they are saved.</remarks>
internal sealed class RowRuns
{
    private const int SmallestBlock = 512;
    private const int LargestBlock = 32 * 1024;

    // The cells, row after row, up to _next of the last block.
    private readonly List<long[]> _blocks = [new long[SmallestBlock]];
    private int _next;

    private RowRun[] _runs = new RowRun[16];
    private int _runCount;
    private int[] _columns = new int[64];
    private int _columnCount;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, from the first one on.</summary>
    public ReadOnlySpan<RowRun> Runs => _runs.AsSpan(0, _runCount);

    /// <summary>The column of each cell in a row of a run.</summary>
    public ReadOnlySpan<int> ColumnsOf(in RowRun run) => _columns.AsSpan(run.FirstColumn, run.Width);

    /// <summary>The cells of a run, row after row.</summary>
    public ReadOnlySpan<long> CellsOf(in RowRun run) => _blocks[run.Block].AsSpan(run.Start, run.Rows * run.Width);

    /// <summary>Room for another row of the last run, of which there is one; or none. It counts after <see cref="EndRow"/>.</summary>
    public Span<long> Repeat()
    {
        var (block, width) = (_blocks[^1], _runs[_runCount - 1].Width);
        return block.Length - _next < width ? [] : block.AsSpan(_next, width);
    }

    /// <summary>Room for a row that has these columns. It counts after <see cref="EndRow"/>.</summary>
    public Span<long> Begin(ReadOnlySpan<int> columns)
    {
        if (_runCount == 0 || _blocks[^1].Length - _next < columns.Length || !ColumnsOf(_runs[_runCount - 1]).SequenceEqual(columns))
        {
            BeginRun(columns);
        }

        return _blocks[^1].AsSpan(_next, columns.Length);
    }

    public void EndRow()
    {
        ref var run = ref _runs[_runCount - 1];
        run.Rows++;
        _next += run.Width;
        Count++;
    }

    public void Clear()
    {
        for (; _blocks.Count > 1; _blocks.RemoveAt(_blocks.Count - 1))
        {
            ArrayPool<long>.Shared.Return(_blocks[^1]);
        }

        (Count, _next, _runCount, _columnCount) = (0, 0, 0, 0);
    }

    /// <summary>Follows columns to their new places.</summary>
    public void Renumber(ReadOnlySpan<int> places)
    {
        foreach (ref var column in _columns.AsSpan(0, _columnCount))
        {
            column = places[column];
        }
    }

    private void BeginRun(ReadOnlySpan<int> columns)
    {
        if (_blocks[^1].Length - _next < columns.Length)
        {
            var length = Math.Min(LargestBlock, 2 * _blocks[^1].Length);
            _blocks.Add(ArrayPool<long>.Shared.Rent(Math.Max(length, columns.Length)));
            _next = 0;
        }

        if (_runCount == _runs.Length)
        {
            Array.Resize(ref _runs, 2 * _runCount);
        }

        if (_columns.Length - _columnCount < columns.Length)
        {
            Array.Resize(ref _columns, Math.Max(2 * _columns.Length, _columnCount + columns.Length));
        }

        columns.CopyTo(_columns.AsSpan(_columnCount));
        _runs[_runCount++] = new RowRun { FirstColumn = _columnCount, Width = columns.Length, Block = _blocks.Count - 1, Start = _next };
        _columnCount += columns.Length;
    }
}
