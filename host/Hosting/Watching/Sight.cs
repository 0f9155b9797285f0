using Microsoft.Extensions.Configuration;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Diagnostics;

namespace PluginLoggers.Hosting.Watching;

/// <summary>What one look at the configuration and the folders of plug-ins showed.</summary>
internal sealed record Sight
{
    private Sight()
    {
    }

    /// <summary>The values of the section, by their paths; none if it cannot be read.</summary>
    public required IReadOnlyDictionary<string, string?> Values { get; init; }

    /// <summary>Why the configuration cannot be read; null if it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>What lies in each plug-in's folder; null for one that cannot be listed.</summary>
    public required IReadOnlyDictionary<string, string?> Plugins { get; init; }

    /// <summary>What was there when the configuration was read, by which all that is seen later is judged.</summary>
    /// <param name="configuration">The user's configuration, as it is in memory.</param>
    /// <param name="plugins">Where plug-ins are looked for.</param>
    public static Sight AtStart(IConfiguration configuration, PluginSettings plugins) =>
        new() { Values = ValuesOf(configuration), Plugins = PluginListing.Of(plugins) };

    /// <summary>Looks.</summary>
    /// <param name="configuration">The user's configuration.</param>
    /// <param name="plugins">Where plug-ins are looked for.</param>
    public static Sight Now(IConfiguration configuration, PluginSettings plugins)
    {
        var listing = PluginListing.Of(plugins);
        try
        {
            using var fresh = FreshConfiguration.Of(configuration);
            return new Sight { Values = ValuesOf(fresh), Plugins = listing };
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            return new Sight
            {
                Values = new Dictionary<string, string?>(),
                Plugins = listing,
                Problem = problem.InnerException is null ? problem.Message : $"{problem.Message} {JsonMistake.Of(problem.GetBaseException())}",
            };
        }
    }

    /// <summary>Whether the configuration is as it was.</summary>
    public bool HasSameValues(Sight other) => Problem == other.Problem
        && Values.Count == other.Values.Count
        && Values.All(value => other.Values.TryGetValue(value.Key, out var before) && before == value.Value);

    /// <summary>Whether a part of the configuration, and everything below it, is as it was.</summary>
    public bool HasSameValues(Sight other, string path) => Below(path).SequenceEqual(other.Below(path));

    /// <summary>Whether a plug-in's folder could be listed, or is not there.</summary>
    public bool IsClear(string folder) => !Plugins.TryGetValue(folder, out var listing) || listing is not null;

    /// <summary>Whether a plug-in's folder is as it was, or is not there as it was not.</summary>
    public bool HasSamePlugin(Sight other, string folder) =>
        Plugins.TryGetValue(folder, out var now) == other.Plugins.TryGetValue(folder, out var before) && now == before;

    private static SortedDictionary<string, string?> ValuesOf(IConfiguration configuration)
    {
        var values = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, value) in configuration.GetSection(ConfigurationNames.Root).AsEnumerable())
        {
            values[path] = value;
        }

        return values;
    }

    private IEnumerable<KeyValuePair<string, string?>> Below(string path) => Values.Where(value =>
        value.Key.Equals(path, StringComparison.OrdinalIgnoreCase) || value.Key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase));
}
