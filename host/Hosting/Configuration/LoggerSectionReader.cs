using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Configuration;

/// <summary>Reads the section <c>Loggers</c>.</summary>
/// <param name="mistakes">Where mistakes go.</param>
/// <param name="catalog">The plug-ins, or null to do without.</param>
/// <param name="plugins">Where they were looked for.</param>
/// <param name="mayWait">Whether the logger with a key, if it is without its plug-in, waits for it, instead of being a mistake.</param>
internal sealed class LoggerSectionReader(MistakeList mistakes, PluginCatalog? catalog, PluginSettings plugins, Func<string, bool> mayWait)
{
    private readonly OptionsBinder _binder = new(mistakes);

    /// <summary>Reads all loggers.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="section">The section.</param>
    public IReadOnlyList<LoggerSettings> Read(IConfiguration configuration, IConfigurationSection section)
    {
        const string Expected = "an object with a member for each logger, such as \"csv\": { \"Type\": \"Csv\" }";
        if (section.Value is { Length: > 0 } value)
        {
            mistakes.Add(section.Path, ShownValue.Of(section.Path, value), Expected);
            return [];
        }

        if (SectionShape.IsList(section))
        {
            mistakes.Add(section.Path, "a list", Expected);
            return [];
        }

        return [.. section.GetChildren()
            .Select(logger => ReadLogger(section.GetSection(FirstSpelling.Of(configuration, section.Path, logger.Key))))];
    }

    private LoggerSettings ReadLogger(IConfigurationSection section)
    {
        mistakes.AddIfRefused(section.Path, section.Key, RunNames.ValidateLoggerKey);
        var logger = (LoggerSection)_binder.BindObject(typeof(LoggerSection), section)!;
        var settings = new LoggerSettings
        {
            Key = section.Key,
            Type = logger.Type ?? "",
            Enabled = logger.Enabled,
            Filter = Filter(section, logger),
        };
        if (section.Value is { Length: > 0 })
        {
            // No object at all, which has been told.
            return settings;
        }

        var (options, type) = (section.GetSection(nameof(LoggerSection.Options)), section.GetSection(nameof(LoggerSection.Type)));
        ConfigurationMistake? missing = null;
        if (NamesPlugin(settings, type) && Load(settings.Type, type.Path, out missing) is var (alias, plugin))
        {
            return settings with
            {
                Type = alias,
                Plugin = plugin,
                Options = _binder.BindObject(plugin.OptionsType, options),
                ConfiguredOptions = WithoutSecrets(options),
            };
        }

        if (missing is not null && !mayWait(section.Key))
        {
            mistakes.Add(missing);
        }

        if (options.Value is { Length: > 0 } value)
        {
            mistakes.Add(options.Path, ShownValue.Of(options.Path, value), "an object");
        }

        return settings with { WaitsBecause = missing?.ToString() };
    }

    private static Dictionary<string, string?> WithoutSecrets(IConfigurationSection options) => options
        .AsEnumerable(makePathsRelative: true)
        .Where(option => option.Value is not null)
        .OrderBy(option => option.Key, StringComparer.Ordinal)
        .ToDictionary(
            option => option.Key,
            string? (option) => SecretNames.IsSecret(option.Key) ? SecretNames.Redacted : ShownValue.WithoutSecrets(option.Value!),
            StringComparer.Ordinal);

    /// <summary>Whether it is to be had a plug-in, and says of which type.</summary>
    private bool NamesPlugin(LoggerSettings settings, IConfigurationSection type)
    {
        if (!string.IsNullOrWhiteSpace(settings.Type))
        {
            return catalog is not null && settings.Enabled;
        }

        // A wrong shape of it has been told already.
        if (!type.GetChildren().Any())
        {
            mistakes.Add(type.Path, type.Value is null ? "nothing" : ShownValue.Of("", type.Value), ExpectedType());
        }

        return false;
    }

    private (string Alias, ILoggerPlugin Plugin)? Load(string type, string path, out ConfigurationMistake? missing)
    {
        missing = null;
        if (catalog!.Find(type) is not { Alias: { } alias })
        {
            var unusable = catalog.Entries.FirstOrDefault(entry => entry.Defect is not null && IsNameOf(entry, type));
            missing = unusable?.Defect is { } defect
                ? new ConfigurationMistake(path, defect.ToString())
                : new ConfigurationMistake(path, ShownValue.Of("", type), ExpectedType(), Names.Nearest(type, catalog.Aliases));
            return null;
        }

        try
        {
            return (alias, catalog.Load(alias));
        }
        catch (PluginUnusableException exception)
        {
            missing = new ConfigurationMistake(path, exception.Message);
            return null;
        }
    }

    // A plug-in that is broken before its alias is known is still known by its folder, and that is most likely named like the alias.
    private static bool IsNameOf(PluginEntry entry, string type) => entry.Alias is null
        && (entry.Name.Equals(type, StringComparison.OrdinalIgnoreCase)
            || entry.Name.EndsWith("." + type, StringComparison.OrdinalIgnoreCase));

    private string ExpectedType()
    {
        if (catalog is null)
        {
            return "the alias of a plug-in";
        }

        var unusable = catalog.Entries.Count(entry => entry.Defect is not null);
        var hint = unusable == 0 ? "" : $" ({unusable} more cannot be used, see: pluginloggers plugins)";
        return catalog.Aliases is { Count: > 0 } aliases
            ? $"the alias of a plug-in, {Names.Join(aliases)}{hint}{Searched(catalog)}"
            : $"the alias of a plug-in, of which none was found{NoneFound()}{hint}";
    }

    // The command sees other plug-ins than the application that they stand beside.
    private static string Searched(PluginCatalog catalog) => catalog.Folders.Count == 0
        ? ""
        : $"; looked for in {string.Join(", ", catalog.Folders)}, and Plugins:Folders names more folders";

    private string NoneFound() => (plugins.Folders.Count, PluginFolders.Resolve(plugins.Folders)) switch
    {
        (0, _) => ": Plugins:Folders names no folder",
        (_, { Count: 0 }) => $" in {string.Join(", ", plugins.Folders)}: no such folder, beside the application or in the working directory",
        (_, var folders) => $" in {string.Join(", ", folders)}; Plugins:Folders names more folders",
    };

    private MetricFilter Filter(IConfigurationSection section, LoggerSection logger)
    {
        var include = Globs(section.GetSection(nameof(LoggerSection.Include)).Path, logger.Include);
        var exclude = Globs(section.GetSection(nameof(LoggerSection.Exclude)).Path, logger.Exclude);
        return MetricFilter.Create(include, exclude);
    }

    private List<string> Globs(string path, IReadOnlyList<string> patterns)
    {
        var good = new List<string>(patterns.Count);
        for (var index = 0; index < patterns.Count; index++)
        {
            if (Glob.Problem(patterns[index]) is { } problem)
            {
                mistakes.Add($"{path}:{index}", ShownValue.Of("", patterns[index]), $"a pattern for metric names: {problem}");
            }
            else
            {
                good.Add(patterns[index]);
            }
        }

        return good;
    }
}
