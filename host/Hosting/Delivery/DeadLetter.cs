using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>A record, or one metric of it, that a backend refused for good.</summary>
/// <param name="Position">Where it stands in the journal.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Metric">The metric of a record with several; null for the whole record.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record DeadLetter(JournalPosition Position, string Kind, string? Metric, string Reason)
{
    /// <summary>Whether another letter is of the same record, or of the same metric of it.</summary>
    public bool IsOfSame(DeadLetter other) => (Position, Metric) == (other.Position, other.Metric);
}
