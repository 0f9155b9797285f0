using PluginLoggers.Hosting.Journal;

namespace PluginLoggers.Hosting.Tests.Journal;

/// <summary>A record as text, and the position before it.</summary>
internal sealed record ReadRecord(JournalPosition Before, string Text);
