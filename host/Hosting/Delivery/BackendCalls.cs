namespace PluginLoggers.Hosting.Delivery;

/// <summary>Calls a backend, with a note of since when, for whoever looks whether it hangs.</summary>
internal sealed class BackendCalls(TimeProvider time)
{
    private long _since;

    /// <summary>How long the present call takes already; null if the backend is not being called.</summary>
    public TimeSpan? Elapsed => Volatile.Read(ref _since) is var since and not 0 ? time.GetElapsedTime(since) : null;

    public void Call(Action call)
    {
        Volatile.Write(ref _since, time.GetTimestamp());
        try
        {
            call();
        }
        finally
        {
            Volatile.Write(ref _since, 0);
        }
    }
}
