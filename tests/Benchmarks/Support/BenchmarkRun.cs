using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.DependencyInjection;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>A run with the plug-ins that stand beside this program, opened as any program opens it.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly LoggersHost _host;

    /// <param name="saveDir">Where to.</param>
    /// <param name="backends">The loggers: key, type, and the address of a tracking server where it needs one.</param>
    public BenchmarkRun(string saveDir, params ReadOnlySpan<(string Key, string Type, string? Server)> backends)
    {
        var settings = new Dictionary<string, string?>
        {
            ["LightningLoggers:Run:SaveDir"] = saveDir,
            ["LightningLoggers:Delivery:ShutdownTimeout"] = "00:10:00",
        };
        foreach (var (key, type, server) in backends)
        {
            settings[$"LightningLoggers:Loggers:{key}:Type"] = type;
            if (server is not null)
            {
                settings[$"LightningLoggers:Loggers:{key}:Options:TrackingUri"] = server;
            }
        }

        _host = new LoggersHost(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), setup =>
        {
            setup.GateRanks = false;
            setup.Diagnostics = new SilentDiagnostics();
            setup.Plugins.Add(new NullPlugin());
            setup.Plugins.Add(new DeadPlugin());
        });
        Run = (LightningRun)_host.Create();
    }

    public LightningRun Run { get; }

    /// <summary>Makes what was logged durable.</summary>
    public void Save() => Run.SaveAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Waits until every backend has everything.</summary>
    public void Deliver()
    {
        if (!Run.WaitForDeliveryAsync(TimeSpan.FromMinutes(10)).GetAwaiter().GetResult())
        {
            throw new InvalidOperationException("A backend did not take everything.");
        }
    }

    public void Dispose()
    {
        Run.FinalizeAsync(RunStatus.Finished).AsTask().GetAwaiter().GetResult();
        _host.Dispose();
    }
}
