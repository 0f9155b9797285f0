using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Diagnostics;

namespace PluginLoggers.Hosting.Watching;

/// <summary>
/// Looks whether loggers are to join the runs of a program: at the configuration and the folders of plug-ins, on a thread of its own.
/// </summary>
/// <remarks>
/// It polls, because notifications fail on network and bind mounts. What was seen twice alike is taken for whole: a file that is being
/// written, or a folder that is being copied, differs from one look to the next.
/// </remarks>
internal sealed class LoggersWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly IConfiguration _source;
    private readonly Func<PluginSettings, Func<string, bool>, Plugins.PluginCatalog> _discover;
    private readonly Action<LoggersConfiguration, IReadOnlyList<string>> _changed;
    private readonly Teller _teller;
    private readonly AutoResetEvent _look = new(false);
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private LoggersConfiguration _configuration;
    private Sight _read;
    private Sight _judged;
    private Sight _last;
    private volatile bool _isStopping;

    /// <param name="source">The user's configuration.</param>
    /// <param name="configuration">What was read from it.</param>
    /// <param name="atStart">What was there then.</param>
    /// <param name="discover">Finds plug-ins, in the folders of which it is told that they are whole.</param>
    /// <param name="changed">Told what the configuration is now, and which parts of it differ from before.</param>
    /// <param name="time">The clock.</param>
    /// <param name="teller">Tells the user.</param>
    public LoggersWatch(
        IConfiguration source,
        LoggersConfiguration configuration,
        Sight atStart,
        Func<PluginSettings, Func<string, bool>, Plugins.PluginCatalog> discover,
        Action<LoggersConfiguration, IReadOnlyList<string>> changed,
        TimeProvider time,
        Teller teller)
    {
        (_source, _configuration, _discover, _changed, _teller) = (source, configuration, discover, changed, teller);
        _read = _judged = _last = atStart;
        _thread = new Thread(Run) { IsBackground = true, Name = "PluginLoggers watch" };
        _thread.Start();
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose()
    {
        _isStopping = true;
        _timer.Dispose();
        Look();
        if (_thread.Join(Farewell))
        {
            _look.Dispose();
        }
    }

    /// <summary>Looks once. What is new is acted on when it is seen for the second time.</summary>
    public void Poll()
    {
        var (now, before) = (Sight.Now(_source, _configuration.Plugins), _last);
        _last = now;
        bool IsSettled(string folder) => now.IsClear(folder) && now.HasSamePlugin(before, folder);
        var isNew = !now.HasSameValues(_judged)
            || now.Plugins.Keys.Union(_judged.Plugins.Keys).Any(folder => IsSettled(folder) && !now.HasSamePlugin(_judged, folder));
        if (!isNew || !now.HasSameValues(before))
        {
            return;
        }

        // A folder that is not whole yet counts as not there, and is judged when it is.
        var judged = now with { Plugins = now.Plugins.Where(plugin => IsSettled(plugin.Key)).ToDictionary(StringComparer.Ordinal) };
        Apply(judged);

        // Not before: what failed is tried again at the next look.
        _judged = judged;
    }

    private void Look()
    {
        try
        {
            _look.Set();
        }
        catch (ObjectDisposedException)
        {
            // The timer's last tick came late.
        }
    }

    private void Run()
    {
        while (_look.WaitOne() && !_isStopping)
        {
            try
            {
                Poll();
            }
            catch (Exception defect)
            {
                // A watch that fails once may succeed the next time, and nothing else depends on it.
                _teller.Tell(DiagnosticLevel.Warning, null, $"It could not be looked whether loggers join the run: {defect.Message}");
            }
        }
    }

    private void Apply(Sight now)
    {
        if (now.Problem is not null)
        {
            _teller.Tell(DiagnosticLevel.Warning, null, $"{Sentence.Of(now.Problem)} The runs go on with the configuration as it was.");
            return;
        }

        try
        {
            using var fresh = FreshConfiguration.Of(_source);
            _configuration = LoggersConfiguration.ReadForRuns(fresh, plugins => _discover(plugins, now.Plugins.ContainsKey));
            var changes = ChangedParts(now);
            _read = now;
            _changed(_configuration, changes);
        }
        catch (LoggersConfigurationException mistakes)
        {
            foreach (var mistake in mistakes.Mistakes)
            {
                _teller.Tell(
                    DiagnosticLevel.Warning, null, $"{Sentence.Of(mistake.ToString())} The runs go on with the configuration as it was.");
            }
        }
    }

    /// <summary>The paths of sections and loggers that differ from what was read before.</summary>
    private List<string> ChangedParts(Sight now)
    {
        string[] sections = [ConfigurationNames.Run, ConfigurationNames.Plugins, ConfigurationNames.Delivery];
        var loggers = now.Values.Keys.Concat(_read.Values.Keys)
            .Select(path => path.Split(':'))
            .Where(path => path.Length > 2 && path[1].Equals(ConfigurationNames.Loggers, StringComparison.OrdinalIgnoreCase))
            .Select(path => path[2])
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return [.. sections.Select(section => $"{ConfigurationNames.Root}:{section}").Concat(loggers.Select(ConfigurationNames.Logger))
            .Where(path => !now.HasSameValues(_read, path))];
    }
}
