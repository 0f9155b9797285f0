namespace PluginLoggers.Hosting.Journal;

/// <summary>The names of a journal that is being written: each gets a number, and is defined in the file before its first use.</summary>
/// <remarks>
/// Called under the append lock. All names are defined again after every 4 MiB, so that damage costs the names of a stretch only.
/// </remarks>
internal sealed class NameTable
{
    private const long DefineAgainAfter = 4 * 1024 * 1024;

    private static readonly string Unset = new('\0', 1);

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [Unset];
    private readonly List<bool> _isDefined = [true];
    private (string Name, int Id)[] _byPosition = [];
    private long _bytes;

    /// <summary>
    /// The numbers of a call's metrics, defining in <paramref name="buffer"/> what is new. A trainer names the same metrics in the same
    /// order again and again, so the last names of each position are kept: comparing a reference takes 1 ns, a look-up 20.
    /// </summary>
    public ReadOnlySpan<(string Name, int Id)> Resolve(ReadOnlySpan<Metric> metrics, AppendBuffer buffer)
    {
        if (_byPosition.Length < metrics.Length)
        {
            var known = _byPosition.Length;
            Array.Resize(ref _byPosition, Math.Max(16, metrics.Length));
            Array.Fill(_byPosition, (Unset, 0), known, _byPosition.Length - known);
        }

        var byPosition = _byPosition;
        for (var i = 0; i < metrics.Length; i++)
        {
            if (!ReferenceEquals(byPosition[i].Name, metrics[i].Name))
            {
                byPosition[i] = (metrics[i].Name, Resolve(metrics[i].Name, buffer));
            }
        }

        return byPosition.AsSpan(0, metrics.Length);
    }

    /// <summary>The number of a name, defining it in <paramref name="buffer"/> if it is new.</summary>
    public int Resolve(string name, AppendBuffer buffer)
    {
        if (!_ids.TryGetValue(name, out var id))
        {
            id = _isDefined.Count;
            _ids.Add(name, id);
            _names.Add(name);
            _isDefined.Add(false);
        }

        Define(id, buffer);
        return id;
    }

    /// <summary>Defines a name in <paramref name="buffer"/> unless that was done.</summary>
    public void Define(int id, AppendBuffer buffer)
    {
        if (!_isDefined[id])
        {
            var name = _names[id];
            buffer.SegmentFor(1 + 10 + 10 + (name.Length * 3)).WriteName(id, name);
            _isDefined[id] = true;
        }
    }

    /// <summary>Counts what was appended, and from time to time forgets what is defined.</summary>
    public void Appended(int bytes)
    {
        _bytes += bytes;
        if (_bytes >= DefineAgainAfter)
        {
            _bytes = 0;
            Array.Fill(_byPosition, (Unset, 0));
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_isDefined).Clear();
        }
    }
}
