namespace PluginLoggers.Hosting.Journal;

/// <summary>A file as the journal's writer needs it; a test puts a disk that refuses in its place.</summary>
internal interface IJournalStorage : IDisposable
{
    string Path { get; }

    void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> bytes);

    /// <summary>Returns when what was written survives a loss of power.</summary>
    void Sync();
}
