namespace PluginLoggers.Hosting.Journal;

/// <summary>Wakes any number of threads that wait for something to move on; a set that came before the wait is not missed.</summary>
internal sealed class JournalSignal
{
    private readonly object _gate = new();
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public void Set()
    {
        lock (_gate)
        {
            _version++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for a version later than the one seen, at most for a time.</summary>
    public void Wait(long seen, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_version == seen)
            {
                Monitor.Wait(_gate, timeout);
            }
        }
    }
}
