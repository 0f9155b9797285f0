namespace PluginLoggers;

/// <summary>A run that an <see cref="IRunSource"/> found. Not thread-safe.</summary>
public abstract class SourceRun
{
    /// <summary>The folder of the run relative to where it was looked for, with <c>/</c>; empty for that place itself.</summary>
    public abstract string Name { get; }

    /// <summary>How many bytes there are to read, for a display of progress; it may be wrong for a run that is being written.</summary>
    public abstract long Bytes { get; }

    /// <summary>
    /// What the files of this run can hold. Where two formats hold a run of one folder, the one that can hold more is read, and the other
    /// is told of. The default is everything.
    /// </summary>
    public virtual LoggerFeatures Features => LoggerFeatures.All;

    /// <summary>
    /// Logs everything that the run holds. Always in the same order: whoever reads a run again later, when more was written to it, gets the
    /// same calls and then those that are new. Every step is given, no call is without one that can have one.
    /// </summary>
    /// <param name="target">Takes it. What it throws is passed on.</param>
    /// <param name="cancellationToken">Ends the reading between two calls.</param>
    /// <returns>How the run ended, as far as its format says; else <see cref="RunStatus.Finished"/>.</returns>
    /// <remarks>
    /// What cannot be read is reported to <see cref="IImportTarget.ReportDamage"/>, and the rest is read: nothing is thrown for what a file
    /// holds. Memory is bounded by the largest record.
    /// </remarks>
    public abstract RunStatus ReadTo(IImportTarget target, CancellationToken cancellationToken);
}
