namespace PluginLoggers;

/// <summary>A chart of TensorBoard's CUSTOM SCALARS tab.</summary>
public sealed class ScalarChart
{
    private readonly ProtoWriter _content = new();
    private readonly int _kind;

    private ScalarChart(string title, int kind)
    {
        ArgumentNullException.ThrowIfNull(title);
        (Title, _kind) = (title, kind);
    }

    /// <summary>What stands above it.</summary>
    public string Title { get; }

    /// <summary>A chart with a line for each metric.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="metrics">The metrics: each is a regular expression, which all names that it matches follow.</param>
    public static ScalarChart Lines(string title, params IEnumerable<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var chart = new ScalarChart(title, kind: 2);
        foreach (var metric in metrics)
        {
            chart._content.Item(1, metric);
        }

        return chart;
    }

    /// <summary>A chart with a line and the band around it for each of some series.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="series">The names of the metrics of each: the line, and the lower and the upper end of the band.</param>
    public static ScalarChart Margin(string title, params IEnumerable<(string Value, string Lower, string Upper)> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var chart = new ScalarChart(title, kind: 3);
        foreach (var (value, lower, upper) in series)
        {
            chart._content.Message(1, new ProtoWriter().Text(1, value).Text(2, lower).Text(3, upper));
        }

        return chart;
    }

    internal ProtoWriter ToMessage() => new ProtoWriter().Text(1, Title).Message(_kind, _content);
}
