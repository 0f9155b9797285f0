using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>The section <c>LightningLoggers</c> of a configuration, read whole and strictly: what is not understood is a mistake.</summary>
public sealed class LoggersConfiguration
{
    internal LoggersConfiguration()
    {
    }

    /// <summary>The section <c>Run</c>.</summary>
    public RunSettings Run { get; internal init; } = new();

    /// <summary>The section <c>Plugins</c>.</summary>
    public PluginSettings Plugins { get; internal init; } = new();

    /// <summary>The section <c>Delivery</c>.</summary>
    public DeliverySettings Delivery { get; internal init; } = new();

    /// <summary>The section <c>Loggers</c>, those that are not enabled included, in the order of the configuration.</summary>
    public IReadOnlyList<LoggerSettings> Loggers { get; internal init; } = [];

    /// <summary>The loggers that a run has: enabled, and with their plug-ins.</summary>
    internal IEnumerable<LoggerSettings> Ready => Loggers.Where(logger => logger is { Enabled: true, Plugin: not null });

    /// <summary>The plug-ins that were found; none if the configuration was read without.</summary>
    public PluginCatalog Catalog { get; internal init; } = new();

    /// <summary>Reads everything, and loads the plug-ins that enabled loggers need.</summary>
    /// <param name="configuration">
    /// The whole configuration, of which the section is a part. Without the section, everything has its default.
    /// </param>
    /// <param name="discover">How plug-ins are found; null is <see cref="PluginSettings.Discover"/>.</param>
    /// <exception cref="LoggersConfigurationException">There are mistakes.</exception>
    public static LoggersConfiguration Read(IConfiguration configuration, Func<PluginSettings, PluginCatalog>? discover = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new ConfigurationReader(configuration).Read(discover ?? (static settings => settings.Discover()));
    }

    /// <summary>
    /// Reads everything for a program whose runs loggers may join: with <see cref="PluginSettings.Watch"/>, one without its plug-in waits
    /// for it.
    /// </summary>
    internal static LoggersConfiguration ReadForRuns(IConfiguration configuration, Func<PluginSettings, PluginCatalog> discover) =>
        new ConfigurationReader(configuration).Read(discover, mayWait: (plugins, _) => plugins.Watch);

    /// <summary>
    /// Reads everything for a <see cref="RunSynchronizer"/>: a logger whose plug-in is missing, or cannot be used, is no mistake. A run
    /// that needs it is told why it is left behind, and everything else is delivered.
    /// </summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="to">The key of the only logger that is wanted, which must have its plug-in; null for those that runs have.</param>
    /// <param name="discover">How plug-ins are found; null is <see cref="PluginSettings.Discover"/>.</param>
    /// <exception cref="LoggersConfigurationException">There are other mistakes.</exception>
    public static LoggersConfiguration ReadForSynchronization(
        IConfiguration configuration, string? to = null, Func<PluginSettings, PluginCatalog>? discover = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new ConfigurationReader(configuration).Read(
            discover ?? (static settings => settings.Discover()), (_, key) => !key.Equals(to, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The same, with the keys of loggers written as a run has them: their cursors, folders and runs on servers are named so, and case
    /// matters there.
    /// </summary>
    /// <param name="run">The run.</param>
    internal LoggersConfiguration Spelled(RunRecord run)
    {
        var keys = run.Loggers.Keys.ToLookup(key => key, StringComparer.OrdinalIgnoreCase);
        return new LoggersConfiguration
        {
            Run = Run,
            Plugins = Plugins,
            Delivery = Delivery,
            Loggers = [.. Loggers.Select(logger => logger with { Key = keys[logger.Key].FirstOrDefault(logger.Key) })],
            Catalog = Catalog,
        };
    }

    /// <summary>
    /// Reads what can be read without plug-ins: no folder is searched, no code is loaded, and of the options of loggers only the shape is
    /// checked. For processes that log nothing, and for commands that only list.
    /// </summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="LoggersConfigurationException">There are mistakes.</exception>
    public static LoggersConfiguration ReadWithoutPlugins(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new ConfigurationReader(configuration).Read(null);
    }
}
