using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Delivery;

/// <summary>A record on which delivery fails.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Reason">Why it fails.</param>
/// <param name="IsCertain">Whether the backend said so itself; otherwise the next record has to show it.</param>
internal sealed record FailingRecord(JournalPosition Position, string Reason, bool IsCertain);
