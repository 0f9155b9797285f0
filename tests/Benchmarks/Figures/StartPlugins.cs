using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using PluginLoggers.Benchmarks.Ratios;
using PluginLoggers.Benchmarks.Support;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Benchmarks.Figures;

/// <summary>
/// Discovering, inspecting and loading three plug-ins; and loading the same assemblies with a bare load context. The first use in a
/// process, so a process each.
/// </summary>
internal sealed class StartPlugins : Figure
{
    public const string ChildName = "start.plugins";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "plugins");

    // This program has hot code compiled at once, on the second core. A program that starts has the runtime's default: 100 ms, in
    // hexadecimal.
    private static readonly Dictionary<string, string> RuntimeDefaults = new() { ["DOTNET_TC_CallCountingDelayMs"] = "64" };

    public override string Unit => "ms";

    public override Goal Goal => Goal.None;

    public override int WarmUps => 0;

    public override int Rounds => 11;

    public override double Ours() => ChildProcess.Measure(ChildName, RuntimeDefaults, "host");

    public override double Reference() => ChildProcess.Measure(ChildName, RuntimeDefaults, "bare");

    public static double MeasureInChild(ReadOnlySpan<string> arguments)
    {
        // The runtime's own first uses are nobody's.
        File.ReadAllBytes(typeof(StartPlugins).Assembly.Location);
        var started = Stopwatch.GetTimestamp();
        var loaded = arguments[0] == "host" ? LoadWithHost() : LoadBare();
        return loaded == 3 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : double.NaN;
    }

    private static int LoadWithHost()
    {
        var catalog = PluginCatalog.Discover([Folder]);
        return catalog.Aliases.Count(alias => catalog.Load(alias) is not null);
    }

    private static int LoadBare()
    {
        var loaded = 0;
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            var context = new AssemblyLoadContext(folder);
            context.Resolving += (_, name) =>
                Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
            var main = context.LoadFromAssemblyPath(Path.Combine(folder, Path.GetFileName(folder) + ".dll"));
            var type = main.ExportedTypes.Single(type => type.GetCustomAttribute<LoggerPluginAttribute>() is not null);
            loaded += Activator.CreateInstance(type) is ILoggerPlugin ? 1 : 0;
        }

        return loaded;
    }
}
