using System.Diagnostics.Metrics;

namespace PluginLoggers.Hosting.Tests.Telemetry;

/// <summary>Listens to the meter, to what concerns one run.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string Instrument, string? Logger), double> _values = [];
    private readonly string _run;

    /// <param name="run">The run, <c>name/version</c>; no other test has one of that name.</param>
    public Measured(string run)
    {
        _run = run;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "PluginLoggers")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>
    /// What was measured: the present value of what is looked at, the sum of what is counted, and how many saves were timed; null for
    /// nothing.
    /// </summary>
    public double? this[string instrument, string? logger = null]
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_values)
            {
                return _values.TryGetValue((instrument, logger), out var value) ? value : null;
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
        if (all["run"] != _run)
        {
            return;
        }

        var key = (instrument.Name, all.GetValueOrDefault("logger"));
        Assert.Equal(key.Item2 is null ? null : "Recording", all.GetValueOrDefault("type"));
        lock (_values)
        {
            _values[key] = instrument switch
            {
                { IsObservable: true } => value,
                Histogram<double> => _values.GetValueOrDefault(key) + 1,
                _ => _values.GetValueOrDefault(key) + value,
            };
        }
    }
}
