namespace PluginLoggers.Hosting.Import;

/// <summary>
/// A run cannot be imported without doing harm to another, or cannot go on from where it stands; the message says what to do.
/// </summary>
internal sealed class ImportRefusedException(string message) : Exception(message);
