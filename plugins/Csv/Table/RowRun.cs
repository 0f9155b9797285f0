namespace PluginLoggers.Csv.Table;

/// <summary>Rows after one another that have the same columns, in the same order.</summary>
internal struct RowRun
{
    /// <summary>Where the columns of a row begin.</summary>
    public int FirstColumn;

    /// <summary>How many cells a row has.</summary>
    public int Width;

    /// <summary>The block that has the cells, and where they begin in there.</summary>
    public int Block;
    public int Start;

    public int Rows;
}
