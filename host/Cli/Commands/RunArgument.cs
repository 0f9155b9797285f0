using PluginLoggers.Hosting;

namespace PluginLoggers.Cli.Commands;

/// <summary>What a person writes for a run.</summary>
internal static class RunArgument
{
    /// <summary>The runs it means, one or more.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static IReadOnlyList<RunSummary> Find(RunLibrary library, string run) =>
        !string.IsNullOrWhiteSpace(run) && library.Find(run) is { Count: > 0 } found
        ? found
        : throw new UsageException($"There is no run '{run}'. `pluginloggers runs` shows those there are.");
}
