using System.Diagnostics;
using System.Diagnostics.Metrics;
using PluginLoggers.Hosting.Delivery;

namespace PluginLoggers.Hosting.Telemetry;

/// <summary>Counts what becomes of the records for one backend, on its own thread.</summary>
internal sealed class DeliveryMeter
{
    private readonly TagList _tags;

    /// <param name="logger">The logger's key.</param>
    /// <param name="type">The alias of its plug-in.</param>
    /// <param name="run">The run, <c>name/version</c>.</param>
    public DeliveryMeter(string logger, string type, string run) =>
        _tags = new TagList { { HostMeter.LoggerTag, logger }, { HostMeter.TypeTag, type }, { HostMeter.RunTag, run } };

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags.ToArray();

    public void Moved(Cursor from, Cursor to, TimeSpan saveTook)
    {
        Count(() => HostMeter.SaveDuration.Record(saveTook.TotalSeconds, _tags));
        Add(HostMeter.Delivered, to.Delivered - from.Delivered);
        Add(HostMeter.Unsupported, to.Unsupported - from.Unsupported);
        Add(HostMeter.DeadLetters, to.DeadLetters - from.DeadLetters);
    }

    public void Failed() => Add(HostMeter.Retries, 1);

    private void Add(Counter<long> counter, long count)
    {
        if (count > 0)
        {
            Count(() => counter.Add(count, _tags));
        }
    }

    /// <summary>Whoever listens is called here, on the thread that delivers: what it throws is no failure of the backend.</summary>
    private static void Count(Action count)
    {
        try
        {
            count();
        }
        catch (Exception)
        {
            // It listens to its own peril.
        }
    }
}
