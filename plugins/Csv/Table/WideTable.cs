namespace PluginLoggers.Csv.Table;

/// <summary>A row a call and a column a metric.</summary>
internal sealed class WideTable : IMetricTable
{
    private readonly ColumnTable _columns;
    private readonly PendingRows _rows;
    private readonly MetricsFile _file;

    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="prefix">Stands before every metric's name, or null.</param>
    /// <param name="report">Tells the user of a name that had to be changed.</param>
    public WideTable(string path, CsvFormat format, string? prefix, Action<string> report)
    {
        _columns = new ColumnTable(prefix, report);
        _rows = new PendingRows(_columns);
        _file = new MetricsFile(path, format);
    }

    public string Path => _file.Path;

    public long Rows => _file.Rows;

    public void Add(ReadOnlySpan<Metric> metrics, long step) => _rows.Add(metrics, step);

    public void CutBack(long rows) => _rows.Renumber(_columns.PutFirst(_file.CutBack(rows)));

    public void Append() => _file.Append(_columns, _rows.Rows);

    public void Clear() => _rows.Clear();
}
