using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Hosting.Runs;

/// <summary>A logger as it was attached to a run.</summary>
internal sealed record AttachedLogger
{
    /// <summary>The alias of its plug-in.</summary>
    public required string Type { get; init; }

    /// <summary>Where a person can look at its output; null if it was not known.</summary>
    public string? Location { get; init; }

    /// <summary>Its options as configured, by their path below <c>Options</c>. Whoever fills this in has redacted the secrets.</summary>
    public IReadOnlyDictionary<string, string?> Options
    {
        get;
        init => field = value ?? field;
    } = new Dictionary<string, string?>();

    /// <summary>The loggers of a run, with others attached, or attached again.</summary>
    /// <param name="attached">Those that it has.</param>
    /// <param name="loggers">The others.</param>
    public static Dictionary<string, AttachedLogger> With(
        IReadOnlyDictionary<string, AttachedLogger> attached, IEnumerable<LoggerSettings> loggers)
    {
        var all = new Dictionary<string, AttachedLogger>(attached, StringComparer.OrdinalIgnoreCase);
        foreach (var logger in loggers)
        {
            all[logger.Key] = new AttachedLogger
            {
                Type = logger.Type,
                Location = all.GetValueOrDefault(logger.Key)?.Location,
                Options = logger.ConfiguredOptions,
            };
        }

        return all;
    }
}
