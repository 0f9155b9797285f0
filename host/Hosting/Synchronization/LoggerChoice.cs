using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Diagnostics;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Synchronization;

/// <summary>
/// Matches the loggers of a run with those of today's configuration. Where they differ, that is said, and nothing is guessed.
/// </summary>
/// <remarks>One that leads to another place is not delivered to: half a run would be there, and half here.</remarks>
internal sealed class LoggerChoice(LoggersConfiguration configuration, OpenedRun run, Teller teller)
{
    /// <summary>The words by which the name of an option tells that it says where the output goes.</summary>
    private static readonly string[] PlaceWords =
        ["uri", "url", "address", "host", "port", "endpoint", "server", "path", "folder", "directory", "file", "experiment"];

    /// <summary>Refuses a key that nothing can be delivered to.</summary>
    /// <exception cref="ArgumentException">The configuration has no enabled logger of that key.</exception>
    public static void Check(LoggersConfiguration configuration, string? to)
    {
        if (to is not null && !configuration.Ready.Any(logger => logger.Key.Equals(to, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                $"The configuration has no enabled logger '{to}'; it has: "
                    + $"{string.Join(", ", configuration.Ready.Select(logger => logger.Key).DefaultIfEmpty("none"))}.",
                nameof(to));
        }
    }

    /// <summary>The loggers to deliver to, and what is said about the others.</summary>
    /// <param name="to">The key of the only one, which there is; whoever names it wants it as it is configured today. Null for those that
    /// the run has.</param>
    /// <param name="hasWork">Whether there is something to do for a logger of the run.</param>
    public (List<LoggerSettings> Loggers, List<string> Notes) Choose(string? to, Func<string, bool> hasWork)
    {
        var enabled = configuration.Ready.ToDictionary(logger => logger.Key, StringComparer.OrdinalIgnoreCase);
        if (to is not null)
        {
            return ([enabled[to]], []);
        }

        var (loggers, notes) = (new List<LoggerSettings>(), new List<string>());
        foreach (var (key, attached) in run.Record.Loggers.Where(logger => hasWork(logger.Key)))
        {
            if (!enabled.TryGetValue(key, out var logger))
            {
                notes.Add(Missing(key, attached));
            }
            else if (Difference(logger, attached, ofPlace: true) is { } elsewhere)
            {
                notes.Add($"{key}: {elsewhere} in today's configuration. Set it back, or deliver to it as it is today: "
                    + $"pluginloggers replay {run.Folder.Title} --to {key}");
            }
            else
            {
                loggers.Add(logger);
                if (Difference(logger, attached, ofPlace: false) is { } difference)
                {
                    teller.Tell(
                        DiagnosticLevel.Information, key, $"{difference} in today's configuration, by which the run is delivered.");
                }
            }
        }

        return (loggers, notes);
    }

    private string Missing(string key, AttachedLogger attached) =>
        configuration.Loggers.FirstOrDefault(logger => logger.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) switch
        {
            { WaitsBecause: { } reason } => $"{key}: is behind, and has no plug-in that can be used. {Sentence.Of(reason)}",
            not null => $"{key}: is behind, and disabled in today's configuration. "
                + $"Set LightningLoggers:Loggers:{key}:Enabled to true, and synchronize again.",
            null => $"{key}: is behind, and today's configuration has no logger of that name. "
                + $"Add it to LightningLoggers:Loggers, of the type {attached.Type}, and synchronize again.",
        };

    private static string? Difference(LoggerSettings logger, AttachedLogger attached, bool ofPlace)
    {
        if (!logger.Type.Equals(attached.Type, StringComparison.OrdinalIgnoreCase))
        {
            return $"was a {attached.Type} when the run was logged, and is a {logger.Type}";
        }

        var before = new Dictionary<string, string?>(attached.Options, StringComparer.OrdinalIgnoreCase);
        var differing = before.Keys.Union(logger.ConfiguredOptions.Keys, StringComparer.OrdinalIgnoreCase)
            .Select(option => (Option: option, Before: before.GetValueOrDefault(option), Now: Value(logger.ConfiguredOptions, option)))
            .Where(option => option.Before != option.Now && IsPlace(option.Option, option.Before, option.Now) == ofPlace)
            .Select(option => $"{option.Option} was {option.Before ?? "not set"}, and is {option.Now ?? "not set"}")
            .ToList();
        return differing.Count == 0 ? null : string.Join("; ", differing);
    }

    private static bool IsPlace(string option, string? before, string? now) => NameWords.HasAny(option, PlaceWords)
        || $"{before} {now}".Contains("://", StringComparison.Ordinal);

    private static string? Value(IReadOnlyDictionary<string, string?> options, string name) =>
        options.FirstOrDefault(option => option.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
