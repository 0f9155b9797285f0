namespace PluginLoggers.Hosting.Runs;

/// <summary>Thrown for a run that another process writes. The message names the process and says what to do.</summary>
public sealed class RunLockedException : IOException
{
    /// <summary>Creates the exception.</summary>
    public RunLockedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who writes the run, and what to do.</param>
    public RunLockedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who writes the run, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RunLockedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal RunLockedException(string message, LockOwner? owner, Exception? innerException)
        : base(message, innerException)
    {
        Owner = owner;
    }

    /// <summary>The computer that the other process runs on; null if it is not known.</summary>
    public string? Host => Owner?.Host;

    /// <summary>The id of the other process; null if it is not known.</summary>
    public int? ProcessId => Owner?.ProcessId;

    internal LockOwner? Owner { get; }
}
