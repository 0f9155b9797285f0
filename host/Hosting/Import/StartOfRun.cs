namespace PluginLoggers.Hosting.Import;

/// <summary>Reads a source up to its first time, which is when the run was started.</summary>
internal sealed class StartOfRun : IImportTarget
{
    private const long MostBytes = 1 << 20;

    private StartOfRun()
    {
    }

    // A call without a time does not end the search: hyperparameters may have none.
    public ILightningLogger Logger { get; } = new DummyLogger();

    public DateTimeOffset? Time
    {
        get;
        set
        {
            field = value;
            if (value is not null)
            {
                throw new FoundException();
            }
        }
    }

    public long BytesRead
    {
        get;
        set
        {
            field = value;
            if (value > MostBytes)
            {
                throw new FoundException();
            }
        }
    }

    /// <summary>The first time; null in a source that has none near its beginning.</summary>
    public static DateTimeOffset? Of(SourceRun run, CancellationToken cancellationToken)
    {
        var start = new StartOfRun();
        try
        {
            run.ReadTo(start, cancellationToken);
        }
        catch (FoundException)
        {
            // The end of the search: a time, or too much without one.
        }

        return start.Time;
    }

    public void ReportDamage(string file, long offset, string reason)
    {
    }

    public void ReportSkipped(string what)
    {
    }

    private sealed class FoundException : Exception;
}
