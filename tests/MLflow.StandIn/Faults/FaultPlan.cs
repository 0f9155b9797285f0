namespace PluginLoggers.MLflow.StandIn;

/// <summary>Which of the coming requests fail, and how.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public void Add(Fault fault, int after, int count, string? route)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(fault, after, count, route));
        }
    }

    public Fault? Next(string path)
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Where(entry => entry.Route is null || path.Contains(entry.Route, StringComparison.Ordinal)))
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

    private sealed class Entry(Fault fault, int after, int count, string? route)
    {
        public Fault Fault => fault;

        public string? Route => route;

        public int After { get; set; } = after;

        public int Count { get; set; } = count;
    }
}
