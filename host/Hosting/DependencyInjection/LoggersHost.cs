using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Logging;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Watching;

namespace PluginLoggers.Hosting.DependencyInjection;

/// <summary>
/// Everything behind the services: reads the configuration when it is first needed, opens runs, and disposes what is still open.
/// </summary>
internal sealed class LoggersHost : ILightningLoggerFactory, IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LightningRun> _runs = [];
    private readonly IConfiguration _configuration;
    private readonly LightningLoggersSetup _setup;
    private readonly Teller _teller;
    private RunOpener? _opener;
    private LoggersConfiguration? _read;
    private PluginCatalog? _catalog;
    private Sight? _atStart;
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

    /// <summary>What looks for loggers that join; null if nothing does.</summary>
    public LoggersWatch? Watch { get; private set; }

    public LoggerCollection Create(RunDescription? description = null)
    {
        description ??= new RunDescription();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(ILightningLoggerFactory));
            if (Gate() is { IsRankZero: false } gate)
            {
                _teller.Tell(
                    DiagnosticLevel.Information, null, $"This process has rank {gate.Rank} ({gate.Source}) and logs nothing; rank 0 does.");
                return new SilentRun();
            }

            _opener ??= new RunOpener(_read ??= Read(), _setup.Time, _teller);
            var version = description.Version ?? (_hasOpened ? null : _read!.Run.Version);
            var run = _opener.Open(description, version);
            _hasOpened = true;
            _runs.RemoveAll(ended => ended.IsDisposed);
            _runs.Add(run);
            return run;
        }
    }

    /// <summary>Ends every run that is still open, with a status.</summary>
    public async Task ConcludeAsync(RunStatus status) =>
        await Task.WhenAll(Runs().Select(run => run.ConcludeAsync(status))).ConfigureAwait(false);

    // All at once: each may take its time to be delivered.
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        Watch?.Dispose();
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

    private LoggersConfiguration Read()
    {
        var read = LoggersConfiguration.ReadForRuns(_configuration, Discover);
        TellWhatWaits(read);
        if (read.Plugins.Watch)
        {
            Watch = new LoggersWatch(_configuration, read, _atStart!, Renew, Change, _setup.Time, _teller);
        }

        return read;
    }

    private PluginCatalog Discover(PluginSettings settings)
    {
        // Before the folders are looked into: what comes in meanwhile is seen as new.
        _atStart = settings.Watch ? Sight.AtStart(_configuration, settings) : null;
        _catalog = settings.Discover();
        foreach (var plugin in _setup.Plugins)
        {
            _catalog.Add(plugin);
        }

        return _catalog;
    }

    private PluginCatalog Renew(PluginSettings settings, Func<string, bool> isWhole) => _catalog = _catalog!.Renewed(settings, isWhole);

    /// <summary>Has the runs that are open go on, and the next ones begin, with a configuration that was changed.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="changes">The paths of what is different.</param>
    private void Change(LoggersConfiguration configuration, IReadOnlyList<string> changes)
    {
        lock (_gate)
        {
            (_read, _opener) = (configuration, null);
        }

        TellWhatWaits(configuration);
        var runs = Runs();
        foreach (var path in changes.Where(path => runs.Any(run => Concerns(path, run))))
        {
            _teller.Tell(
                DiagnosticLevel.Information, null, $"{path} was changed. A run that is going on stays as it is; the next one has it.");
        }

        foreach (var run in runs)
        {
            run.Join(configuration);
        }
    }

    /// <summary>Whether a change is one for a run: of a logger that it has, or of what is no logger.</summary>
    private static bool Concerns(string path, LightningRun run) =>
        !path.StartsWith(ConfigurationNames.Logger(""), StringComparison.OrdinalIgnoreCase)
        || run.Keys.Any(key => path.Equals(ConfigurationNames.Logger(key), StringComparison.OrdinalIgnoreCase));

    private void TellWhatWaits(LoggersConfiguration configuration)
    {
        foreach (var logger in configuration.Loggers.Where(logger => logger.WaitsBecause is not null))
        {
            _teller.Tell(
                DiagnosticLevel.Warning,
                logger.Key,
                $"{Sentence.Of(logger.WaitsBecause!)} The run goes on without it; it joins when its plug-in is there (Plugins:Watch).");
        }
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
