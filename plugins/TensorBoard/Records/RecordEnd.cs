namespace PluginLoggers.TensorBoard;

/// <summary>Why there is no further record.</summary>
internal enum RecordEnd
{
    /// <summary>The file ends after a whole record; it may grow.</summary>
    EndOfFile,

    /// <summary>The file ends within a record: one that is being written now, or never was finished.</summary>
    TornTail,

    /// <summary>
    /// The file ends before what was read of it: a writer that came back after a crash has cut it, and writes the same again.
    /// </summary>
    Cut,

    /// <summary>What follows is no record; nothing behind it can be read any more.</summary>
    Damage,

    /// <summary>The file cannot be opened or read.</summary>
    Unreadable,
}
