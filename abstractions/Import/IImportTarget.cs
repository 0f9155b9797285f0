namespace PluginLoggers;

/// <summary>Where a run that is read again goes.</summary>
public interface IImportTarget
{
    /// <summary>Takes what the run logged. It is neither saved nor finalized by who reads.</summary>
    ILightningLogger Logger { get; }

    /// <summary>When that was logged which is passed to <see cref="Logger"/> next; null where the format does not say.</summary>
    DateTimeOffset? Time { get; set; }

    /// <summary>How many bytes of the run are read.</summary>
    long BytesRead { get; set; }

    /// <summary>Tells of something that cannot be read: the import says so, and ends as a failure in spite of all the rest.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where in it, in bytes.</param>
    /// <param name="reason">What is wrong, in words.</param>
    void ReportDamage(string file, long offset, string reason);

    /// <summary>
    /// Tells of something that is left out because no logger could take it, such as a kind of value that is unknown here. It is counted.
    /// </summary>
    /// <param name="what">What it is; the same words for all of its kind.</param>
    void ReportSkipped(string what);
}
