using System.Numerics;
using PluginLoggers.Hosting.Plugins;
using PluginLoggers.Hosting.Runs;

namespace PluginLoggers.Hosting.Import;

/// <summary>Asks every plug-in that can read runs.</summary>
internal sealed class SourceSearch(PluginCatalog catalog)
{
    private readonly List<string> _notes = [];
    private readonly List<string> _formats = [];

    /// <summary>Finds what can be imported at a place, an absolute path.</summary>
    public FoundRuns Find(string place, string? name)
    {
        var (runs, own) = (new List<FoundRun>(), new List<string>());
        var folders = Ask(place).GroupBy(found => found.Run.Name, StringComparer.Ordinal);
        foreach (var folder in folders.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var formats = folder.OrderByDescending(found => BitOperations.PopCount((uint)found.Run.Features)).ToList();
            var (format, run) = formats[0];
            var path = Path.GetFullPath(Path.Combine(place, run.Name));
            if (IsOwn(path))
            {
                own.Add(path);
                continue;
            }

            _notes.AddRange(formats.Skip(1).Select(other =>
                $"{path} is read as a run of {format}, which can hold more; what {other.Format} would read there is left out."));
            var (runName, version) = ImportedNames.Of(place, run.Name, name);
            runs.Add(new FoundRun(run) { Name = runName, Version = version, Path = path, Format = format });
        }

        if (own.Count > 0)
        {
            _notes.Add(
                $"{own[0]} {(own.Count > 1 ? $"and {own.Count - 1:N0} more are parts of runs" : "is part of a run")} of this program, "
                + "and left out: `pluginloggers replay` delivers a run from its journal, which holds more.");
        }

        return new FoundRuns(runs, _notes, _formats);
    }

    private List<(string Format, SourceRun Run)> Ask(string place)
    {
        var found = new List<(string, SourceRun)>();
        foreach (var alias in catalog.Aliases)
        {
            if (Load(alias) is not IRunSource source)
            {
                continue;
            }

            _formats.Add(alias);
            found.AddRange(source.FindRuns(place).Select(run => (alias, run)));
        }

        return found;
    }

    private ILoggerPlugin? Load(string alias)
    {
        try
        {
            return catalog.Load(alias);
        }
        catch (PluginUnusableException unusable)
        {
            _notes.Add($"What {alias} may read is left out: {unusable.Message}");
            return null;
        }
    }

    /// <summary>Whether a path is in the folder of a run of ours.</summary>
    private static bool IsOwn(string path)
    {
        for (var folder = RealPath.Of(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, RunFolder.StateFolder, "run.json")))
            {
                return true;
            }
        }

        return false;
    }
}
