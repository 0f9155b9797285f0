namespace PluginLoggers.Csv;

/// <summary>How metrics become rows.</summary>
public enum CsvLayout
{
    /// <summary>A row a call and a column a metric, as Lightning writes them.</summary>
    Wide,

    /// <summary>A row a value, in the columns <c>step</c>, <c>name</c>, <c>value</c>, for any number of metrics.</summary>
    Tidy,
}
