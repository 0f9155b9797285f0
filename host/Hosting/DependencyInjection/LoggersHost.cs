using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Logging;

namespace PluginLoggers.Hosting.DependencyInjection;

/// <summary>Everything behind the services: reads the configuration when it is first needed, opens runs, and disposes what is still open.</summary>
internal sealed class LoggersHost : ILightningLoggerFactory, IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LightningRun> _runs = [];
    private readonly IConfiguration _configuration;
    private readonly LightningLoggersSetup _setup;
    private readonly Teller _teller;
    private RunOpener? _opener;
    private LoggersConfiguration? _read;
    private LoggerCollection? _main;
    private bool _hasOpened;
    private bool _isDisposed;

    public LoggersHost(IConfiguration configuration, Action<LightningLoggersSetup>? setup)
    {
        (_configuration, _setup) = (configuration, new LightningLoggersSetup());
        setup?.Invoke(_setup);
        _teller = new Teller(_setup.Diagnostics);
    }

    /// <summary>The run of the program, opened when it is first asked for.</summary>
    public LoggerCollection Main
    {
        get
        {
            lock (_gate)
            {
                return _main ??= Create(null);
            }
        }
    }

    public LoggerCollection Create(RunDescription? description = null)
    {
        description ??= new RunDescription();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(ILightningLoggerFactory));
            if (Gate() is { IsRankZero: false } gate)
            {
                _teller.Tell(DiagnosticLevel.Information, null, $"This process has rank {gate.Rank} ({gate.Source}) and logs nothing; rank 0 does.");
                return new SilentRun();
            }

            _opener ??= new RunOpener(_read ??= LoggersConfiguration.Read(_configuration, Discover), _setup.Time, _teller);
            var version = description.Version ?? (_hasOpened ? null : _read!.Run.Version);
            var run = _opener.Open(description, version);
            _hasOpened = true;
            _runs.RemoveAll(ended => ended.IsDisposed);
            _runs.Add(run);
            return run;
        }
    }

    /// <summary>Ends every run that is still open, with a status.</summary>
    public async Task ConcludeAsync(RunStatus status) => await Task.WhenAll(Runs().Select(run => run.ConcludeAsync(status))).ConfigureAwait(false);

    // All at once: each may take its time to be delivered.
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        await Task.WhenAll(Runs().Select(run => run.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private LightningRun[] Runs()
    {
        lock (_gate)
        {
            return [.. _runs.Where(run => !run.IsDisposed)];
        }
    }

    private Plugins.PluginCatalog Discover(PluginSettings settings)
    {
        var catalog = settings.Discover();
        foreach (var plugin in _setup.Plugins)
        {
            catalog.Add(plugin);
        }

        if (settings.Watch)
        {
            _teller.Tell(DiagnosticLevel.Warning, null, "Plugins:Watch is not acted on by this version: loggers that are added during a run join it when it is resumed.");
        }

        return catalog;
    }

    private RankGate? Gate()
    {
        if (!_setup.GateRanks)
        {
            return null;
        }

        // A process that logs nothing loads no plug-in, so that is read first, alone.
        var environment = RankGate.FromEnvironment();
        var configured = _read?.Run.Rank ?? (_read is null ? LoggersConfiguration.ReadWithoutPlugins(_configuration).Run.Rank : null);
        return configured is { } rank ? new RankGate(rank, "Run:Rank") : environment;
    }
}
