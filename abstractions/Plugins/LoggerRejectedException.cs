namespace PluginLoggers;

/// <summary>
/// Thrown by a backend for a record that it can never take, such as a name that its server refuses. The host notes the record with
/// the reason and goes on with the next; of a call with several metrics, the good ones are kept.
/// </summary>
/// <remarks>
/// A call of one thing that throws this has taken nothing, and the instance goes on. One of several metrics, or of hyperparameters, may
/// have taken some by then: the instance is disposed without a save, and the metrics are given to a new one from the bookmark, one by one.
/// From a save, it is about the record that was saved alone; if there were several, fewer are saved at once until it is found.
/// </remarks>
public class LoggerRejectedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LoggerRejectedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, naming the record.</param>
    public LoggerRejectedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, naming the record.</param>
    /// <param name="innerException">The cause.</param>
    public LoggerRejectedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
