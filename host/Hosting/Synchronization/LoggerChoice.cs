using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Synchronization;

/// <summary>
/// Matches the loggers of a run with those of today's configuration. Where they differ, that is said, and nothing is guessed.
/// </summary>
internal sealed class LoggerChoice(LoggersConfiguration configuration, OpenedRun run)
{
    /// <summary>The loggers to deliver to, and what is said about the others.</summary>
    /// <param name="to">The key of the only one; whoever names it wants it as it is configured today. Null for those that the run
    /// has.</param>
    /// <param name="hasWork">Whether there is something to do for a logger of the run.</param>
    /// <exception cref="ArgumentException">The configuration has no enabled logger of that key.</exception>
    public (List<LoggerSettings> Loggers, List<string> Notes) Choose(string? to, Func<string, bool> hasWork)
    {
        var enabled = configuration.Ready.ToDictionary(logger => logger.Key, StringComparer.OrdinalIgnoreCase);
        if (to is not null)
        {
            return enabled.TryGetValue(to, out var chosen)
                ? ([chosen], [])
                : throw new ArgumentException(
                    $"The configuration has no enabled logger '{to}'; it has: {string.Join(", ", enabled.Keys)}.", nameof(to));
        }

        var (loggers, notes) = (new List<LoggerSettings>(), new List<string>());
        foreach (var (key, attached) in run.Record.Loggers.Where(logger => hasWork(logger.Key)))
        {
            if (!enabled.TryGetValue(key, out var logger))
            {
                notes.Add(Missing(key, attached));
            }
            else if (Difference(logger, attached) is { } difference)
            {
                notes.Add($"{key}: {difference} in today's configuration. Set it back, or deliver to it as it is today: "
                    + $"pluginloggers replay {run.Folder.Title} --to {key}");
            }
            else
            {
                loggers.Add(logger);
            }
        }

        return (loggers, notes);
    }

    private string Missing(string key, AttachedLogger attached) =>
        configuration.Loggers.Any(logger => logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            ? $"{key}: is behind, and disabled in today's configuration. "
                + $"Set LightningLoggers:Loggers:{key}:Enabled to true, and synchronize again."
            : $"{key}: is behind, and today's configuration has no logger of that name. "
                + $"Add it to LightningLoggers:Loggers, of the type {attached.Type}, and synchronize again.";

    private static string? Difference(LoggerSettings logger, AttachedLogger attached)
    {
        if (!logger.Type.Equals(attached.Type, StringComparison.OrdinalIgnoreCase))
        {
            return $"was a {attached.Type} when the run was logged, and is a {logger.Type}";
        }

        var before = new Dictionary<string, string?>(attached.Options, StringComparer.OrdinalIgnoreCase);
        var differing = before.Keys.Union(logger.ConfiguredOptions.Keys, StringComparer.OrdinalIgnoreCase)
            .Select(option => (Option: option, Before: before.GetValueOrDefault(option), Now: Value(logger.ConfiguredOptions, option)))
            .Where(option => option.Before != option.Now)
            .Select(option => $"{option.Option} was {option.Before ?? "not set"}, and is {option.Now ?? "not set"}")
            .ToList();
        return differing.Count == 0 ? null : string.Join("; ", differing);
    }

    private static string? Value(IReadOnlyDictionary<string, string?> options, string name) =>
        options.FirstOrDefault(option => option.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
