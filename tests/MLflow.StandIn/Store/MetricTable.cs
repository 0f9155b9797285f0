namespace PluginLoggers.MLflow.StandIn;

/// <summary>The metrics of a run. No row is there twice.</summary>
internal sealed class MetricTable
{
    private readonly List<MetricRow> _rows = [];
    private readonly HashSet<MetricRow> _index = [];

    public IReadOnlyList<MetricRow> Rows => _rows;

    public int Count => _rows.Count;

    public bool Contains(MetricRow row) => _index.Contains(row);

    /// <summary>Inserts all rows, or none if one of them is there.</summary>
    public bool TryInsert(IReadOnlyCollection<MetricRow> rows)
    {
        var before = _rows.Count;
        foreach (var row in rows)
        {
            if (!_index.Add(row))
            {
                Truncate(before);
                return false;
            }

            _rows.Add(row);
        }

        return true;
    }

    public void Truncate(int count)
    {
        foreach (var row in _rows.Skip(count))
        {
            _index.Remove(row);
        }

        _rows.RemoveRange(count, _rows.Count - count);
    }

    /// <summary>Of each metric the point with the largest step, then time, then value; not the one written last.</summary>
    public IEnumerable<MetricRow> Latest() =>
        _rows.GroupBy(row => row.Key).Select(rows => rows.MaxBy(row => (row.Step, row.Timestamp, row.StoredValue)));
}
