namespace PluginLoggers.Faults;

/// <summary>Which of the coming requests fail, and how.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public void Add(Fault fault, int after, int count, Func<ProxiedRequest, bool> where)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(fault, where) { After = after, Count = count });
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    public Fault? Next(ProxiedRequest request)
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Where(entry => entry.Where(request)))
            {
                if (entry.After > 0)
                {
                    entry.After--;
                }
                else if (entry.Count > 0)
                {
                    entry.Count--;
                    return entry.Fault;
                }
            }

            return null;
        }
    }

    private sealed record Entry(Fault Fault, Func<ProxiedRequest, bool> Where)
    {
        public int After { get; set; }

        public int Count { get; set; }
    }
}
