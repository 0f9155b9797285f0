namespace PluginLoggers.Hosting.Plugins;

/// <summary>The plug-ins cannot be pinned; the message names the place and the cure.</summary>
public sealed class PluginLockException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public PluginLockException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
