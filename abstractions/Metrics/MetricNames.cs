namespace PluginLoggers;

/// <summary>Makes names of metrics.</summary>
public static class MetricNames
{
    /// <summary>What joins a logger's prefix and a name, as in Lightning: <c>fold1-val/loss</c>.</summary>
    public const string PrefixSeparator = "-";

    /// <summary>Puts a logger's prefix before a name.</summary>
    /// <param name="prefix">The prefix; null or empty leaves the name as it is.</param>
    /// <param name="name">The name of a metric.</param>
    public static string AddPrefix(string? prefix, string name) =>
        string.IsNullOrEmpty(prefix) ? name : string.Concat(prefix, PrefixSeparator, name);
}
