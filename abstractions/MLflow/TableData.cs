namespace PluginLoggers;

/// <summary>
/// A table: named columns, and rows with a value for each of them. Immutable; the lists are not copied, and must not change.
/// </summary>
public sealed class TableData
{
    /// <summary>Takes a table.</summary>
    /// <param name="columns">The names of the columns, at least one, none twice.</param>
    /// <param name="rows">
    /// The rows. A value is null, a <see cref="bool"/>, a number or a text; others are written as text, dates as ISO 8601.
    /// </param>
    /// <exception cref="ArgumentException">There is no column, one is there twice, or a row has not a value for each.</exception>
    public TableData(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0 || columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            throw new ArgumentException($"Found the columns '{string.Join("', '", columns)}'; there is at least one, and none twice.",
                nameof(columns));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != columns.Count)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Count} values for {columns.Count} columns.", nameof(rows));
            }
        }

        (Columns, Rows) = (columns, rows);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, each with as many values as there are columns.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }
}
