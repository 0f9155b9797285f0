namespace PluginLoggers.Hosting.Delivery;

/// <summary>
/// How many bytes of the journal go into one save of a backend: as many as it saves in about a second. So its cursor moves, and shows that
/// it does, however slow the backend is; and a fast one is not made to save often.
/// </summary>
internal sealed class SaveSize
{
    /// <summary>A bound for what a backend has to hold in memory.</summary>
    private const long Most = 8 * 1024 * 1024;

    /// <summary>Some 4000 metrics that are logged one by one, which a server over a network takes in less than a second.</summary>
    private const long First = 64 * 1024;

    private const long Least = 4 * 1024;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.25);

    /// <summary>The bytes.</summary>
    public long Bytes { get; private set; } = First;

    /// <summary>Notes how long a save took.</summary>
    /// <param name="bytes">What was saved.</param>
    /// <param name="took">How long it took.</param>
    public void Saved(long bytes, TimeSpan took)
    {
        if (took > Long)
        {
            Bytes = Math.Clamp(bytes / 2, Least, Bytes);
        }
        else if (took < Short && bytes >= Bytes)
        {
            Bytes = Math.Min(Bytes * 4, Most);
        }
    }
}
