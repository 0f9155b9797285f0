using System.Text;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Runs;
using PluginLoggers.Hosting.Tests.Configuration;

namespace PluginLoggers.Hosting.Tests.Crashes;

/// <summary>A run as a crash left it, and how it stands when it was synchronized.</summary>
internal sealed class CrashSite : IDisposable
{
    private readonly Lab _lab = new();
    private readonly string _loggers;

    public CrashSite(string loggers)
    {
        _loggers = loggers;
        Configuration = Path.Combine(_lab.SaveDir, "appsettings.json");
        File.WriteAllText(Configuration, _lab.Json(loggers, "\"Version\": \"version_0\""));
    }

    /// <summary>The path of a configuration for another process.</summary>
    public string Configuration { get; }

    public string Folder => _lab.File("version_0");

    public Lab Lab => _lab;

    /// <summary>The configuration for this process; reading it loads the plug-ins, so that many sites share one.</summary>
    public static LoggersConfiguration Read(string loggers)
    {
        using var lab = new Lab();
        return LoggersConfiguration.Read(Settings.Json(lab.Json(loggers)));
    }

    /// <summary>Every file of a run that a backend wrote: its path, and its bytes as text.</summary>
    public static SortedDictionary<string, string> Output(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains(RunFolder.StateFolder, StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Encoding.Latin1.GetString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    /// <summary>Takes files of another run's folder.</summary>
    public void Take(string folder, Func<string, bool> which)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(which))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Delivers what is behind, as <c>pluginloggers sync</c> does.</summary>
    public async Task<SynchronizedRun> SynchronizeAsync(LoggersConfiguration? configuration = null)
    {
        var run = Assert.Single(new RunLibrary(_lab.SaveDir).List());
        configuration ??= Read(_loggers);
        var result = await new RunSynchronizer(configuration, _lab).SynchronizeAsync(run);
        var mine = result.Run.Deliveries.Where(delivery => configuration.Loggers.Any(logger => logger.Key == delivery.Key));
        Assert.True(mine.All(delivery => delivery.IsComplete), string.Join('\n', result.Notes));
        return result;
    }

    public string[] DeadLetters(string key) =>
        File.Exists(_lab.State(key + ".dead-letters.jsonl")) ? File.ReadAllLines(_lab.State(key + ".dead-letters.jsonl")) : [];

    public void Dispose() => _lab.Dispose();
}
