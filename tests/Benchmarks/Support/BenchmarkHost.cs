using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.DependencyInjection;

namespace PluginLoggers.Benchmarks.Support;

/// <summary>
/// Opens runs with the plug-ins that stand beside this program, as any program opens them. The plug-ins are loaded, and their code
/// compiled, once.
/// </summary>
internal sealed class BenchmarkHost : IDisposable
{
    private readonly LoggersHost _host;

    /// <param name="saveDir">Where to.</param>
    /// <param name="backends">The loggers: key, type, and the address of a tracking server where it needs one.</param>
    public BenchmarkHost(string saveDir, params ReadOnlySpan<(string Key, string Type, string? Server)> backends)
    {
        var settings = new Dictionary<string, string?>
        {
            ["LightningLoggers:Run:SaveDir"] = saveDir,
            ["LightningLoggers:Delivery:ShutdownTimeout"] = "00:00:01",

            // A busy machine is not taken for a dead server.
            ["LightningLoggers:Delivery:StallTimeout"] = "00:01:00",
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
    }

    public BenchmarkRun Open() => new((LightningRun)_host.Create());

    public void Dispose() => _host.Dispose();
}
