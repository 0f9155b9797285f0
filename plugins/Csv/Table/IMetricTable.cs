namespace PluginLoggers.Csv.Table;

/// <summary>The metrics of a run as a file, in one of the layouts. Rows are kept in memory until they are saved.</summary>
internal interface IMetricTable
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>How many rows are saved, the header not counted.</summary>
    long Rows { get; }

    /// <summary>Takes the metrics of a call.</summary>
    void Add(ReadOnlySpan<Metric> metrics, long step);

    /// <summary>Cuts the file back to so many rows, and goes on from there; no rows is no file.</summary>
    /// <exception cref="InvalidDataException">The file is gone, shorter than that, or no table of ours.</exception>
    void CutBack(long rows);

    /// <summary>Writes the rows that wait, and syncs them. They wait until <see cref="Clear"/>.</summary>
    /// <exception cref="IOException">The file was changed by another program; or what a disk may say.</exception>
    void Append();

    /// <summary>Forgets the rows that waited.</summary>
    void Clear();
}
