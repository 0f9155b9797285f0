using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>Reads one configuration, gathers its mistakes, and tells them together.</summary>
internal sealed class ConfigurationReader(IConfiguration configuration)
{
    private static readonly string[] Sections =
        [ConfigurationNames.Run, ConfigurationNames.Plugins, ConfigurationNames.Delivery, ConfigurationNames.Loggers];

    private readonly MistakeList _mistakes = new();

    /// <summary>Reads everything.</summary>
    /// <param name="discover">How plug-ins are found; null to do without.</param>
    /// <param name="mayWait">Whether the logger with a key may be without its plug-in; null if none may.</param>
    /// <exception cref="LoggersConfigurationException">There are mistakes.</exception>
    public LoggersConfiguration Read(Func<PluginSettings, PluginCatalog>? discover, Func<PluginSettings, string, bool>? mayWait = null)
    {
        var root = configuration.GetSection(ConfigurationNames.Root);
        CheckRoot(root);
        var run = Bind<RunSettings>(root.GetSection(ConfigurationNames.Run));
        SettingsRules.Check(run, _mistakes, root.GetSection(ConfigurationNames.Run).Path);
        var plugins = Bind<PluginSettings>(root.GetSection(ConfigurationNames.Plugins));
        SettingsRules.Check(plugins, _mistakes, root.GetSection(ConfigurationNames.Plugins).Path);
        var delivery = Bind<DeliverySettings>(root.GetSection(ConfigurationNames.Delivery));
        SettingsRules.Check(delivery, _mistakes, root.GetSection(ConfigurationNames.Delivery).Path);
        var catalog = discover?.Invoke(plugins);
        var loggers = new LoggerSectionReader(_mistakes, catalog, plugins, key => mayWait?.Invoke(plugins, key) == true).Read(
            configuration, root.GetSection(ConfigurationNames.Loggers));
        _mistakes.ThrowIfAny();
        return new LoggersConfiguration
        {
            Run = run,
            Plugins = plugins,
            Delivery = delivery,
            Loggers = loggers,
            Catalog = catalog ?? new PluginCatalog(),
        };
    }

    private T Bind<T>(IConfigurationSection section)
        where T : class, new() => (T)new OptionsBinder(_mistakes).BindObject(typeof(T), section)!;

    private void CheckRoot(IConfigurationSection root)
    {
        if (root.Value is { Length: > 0 } value)
        {
            _mistakes.Add(root.Path, ShownValue.Of(root.Path, value), $"an object with {Names.Join(Sections)}");
        }

        foreach (var child in root.GetChildren())
        {
            if (!Names.Contains(Sections, child.Key))
            {
                _mistakes.AddUnknownName(child.Path, "section", child.Key, Sections);
            }
        }

        CheckForLoggersOutside(root);
        if (!Names.Contains(configuration.GetChildren().Select(child => child.Key), ConfigurationNames.Root))
        {
            CheckForMisspelledRoot();
        }
    }

    // A file that begins with the sections themselves would be ignored in silence.
    private void CheckForLoggersOutside(IConfigurationSection root)
    {
        var outside = configuration.GetSection(ConfigurationNames.Loggers);
        if (!root.GetSection(ConfigurationNames.Loggers).Exists()
            && outside.GetChildren().Any(logger => logger[nameof(LoggerSection.Type)] is not null))
        {
            _mistakes.Add(
                outside.Path, "loggers outside of their section", $"them in {ConfigurationNames.Root}:{ConfigurationNames.Loggers}");
        }
    }

    // Without its section everything has its default, and a misspelled section would be ignored in silence.
    private void CheckForMisspelledRoot()
    {
        foreach (var child in configuration.GetChildren())
        {
            if (child.Value is null && Names.Nearest(child.Key, [ConfigurationNames.Root]) is not null)
            {
                _mistakes.AddUnknownName(child.Path, "section", child.Key, [ConfigurationNames.Root]);
            }
        }
    }
}
