namespace PluginLoggers.Hosting.Journal;

/// <summary>Bytes of the journal that are no record, though their checksum is right.</summary>
internal sealed class MalformedRecordException(string message) : Exception(message);
