namespace PluginLoggers.Hosting.Journal;

/// <summary>A place between two records of a run's journals.</summary>
/// <param name="Journal">The number of the journal file, from 1.</param>
/// <param name="Offset">The offset of a block in it.</param>
/// <param name="Record">How many records of that block come before.</param>
internal readonly record struct JournalPosition(int Journal, long Offset, int Record) : IComparable<JournalPosition>
{
    /// <summary>Before the first record of the first journal.</summary>
    public static JournalPosition Start { get; } = new(1, JournalFormat.HeaderLength, 0);

    public int CompareTo(JournalPosition other) => (Journal, Offset, Record).CompareTo((other.Journal, other.Offset, other.Record));

    public override string ToString() => FormattableString.Invariant($"{Journal}:{Offset}:{Record}");
}
