namespace PluginLoggers.Hosting.SystemMetrics;

/// <summary>
/// What all network interfaces together have received and sent since the first reading; the loopback counts too, as it does in the MLflow
/// client.
/// </summary>
/// <param name="devices">Reads <c>/proc/net/dev</c>.</param>
internal sealed class NetworkSource(Func<string> devices) : ISystemMetricSource
{
    private const string File = "/proc/net/dev";
    private const int Received = 0;
    private const int Sent = 8;

    private readonly Dictionary<string, (ulong Received, ulong Sent)> _before = new(StringComparer.Ordinal);
    private ulong _received;
    private ulong _sent;
    private bool _hasBegun;

    public string Name => "network";

    public void Read(ICollection<Metric> metrics)
    {
        foreach (var (name, received, sent) in Parse(devices()))
        {
            // An interface that comes later, or anew, counts from 0.
            (ulong Received, ulong Sent) before = _before.TryGetValue(name, out var known) ? known : _hasBegun ? default : (received, sent);
            _received += received >= before.Received ? received - before.Received : received;
            _sent += sent >= before.Sent ? sent - before.Sent : sent;
            _before[name] = (received, sent);
        }

        if (_hasBegun)
        {
            metrics.Add(new Metric("network_receive_megabytes", _received / SystemSample.BytesPerMegabyte));
            metrics.Add(new Metric("network_transmit_megabytes", _sent / SystemSample.BytesPerMegabyte));
        }

        _hasBegun = true;
    }

    private static List<(string Name, ulong Received, ulong Sent)> Parse(string text)
    {
        var found = new List<(string, ulong, ulong)>();
        foreach (var line in text.Split('\n').Skip(2).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            // The name may contain a colon, as that of an alias does; what follows the last one are numbers.
            var colon = line.LastIndexOf(':');
            var words = ProcFile.Words(line[(colon + 1)..]);
            if (colon < 0 || words.Length <= Sent)
            {
                throw ProcFile.Malformed(File, $"a line has no interface with {Sent + 1} numbers");
            }

            found.Add((line[..colon].Trim(), ProcFile.Number(words[Received], File), ProcFile.Number(words[Sent], File)));
        }

        return found;
    }
}
