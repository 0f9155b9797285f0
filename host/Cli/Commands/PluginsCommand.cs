using System.CommandLine;
using PluginLoggers.Hosting.Configuration;
using PluginLoggers.Hosting.Plugins;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers plugins</c>: what was found, refused, and why; and pinning what is there.</summary>
internal sealed class PluginsCommand : Command
{
    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON", Recursive = true };

    public PluginsCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("plugins", "Show the plug-ins that were found, and why one cannot be used; or pin them")
    {
        (_configuration, _streams) = (configuration, streams);
        var list = new Command("list", "Show the plug-ins that were found, and why one cannot be used");
        var pin = new Command("lock", $"Pin every file of every plug-in in {PluginLock.FileName}; what differs later is refused");
        list.SetAction(List);
        pin.SetAction(Lock);
        SetAction(List);
        Add(_json);
        Add(list);
        Add(pin);
    }

    private int List(ParseResult parsed)
    {
        var settings = Read(parsed);
        var plugins = settings.Discover().Entries;
        if (parsed.GetValue(_json))
        {
            PluginReport.WriteJson(_streams.Out, plugins);
        }
        else if (plugins.Count > 0)
        {
            PluginReport.WriteTable(Terminals.Create(_streams.Out, _streams.OutIsTerminal), plugins);
        }
        else
        {
            var where = settings.Folders.Count == 0 ? ": Plugins:Folders names no folder" : $" in {string.Join(", ", settings.Folders)}";
            _streams.Error.WriteLine($"There are no plug-ins{where}. A plug-in is a folder Name with a Name.dll in it.");
        }

        return ExitCode.Done;
    }

    private int Lock(ParseResult parsed)
    {
        // Found without the lock that there is: what is pinned is what is there, not what was allowed before.
        var catalog = PluginCatalog.Discover(Read(parsed).Folders);
        var plugins = PluginLock.Of(catalog);
        var file = PluginLock.DefaultFile;
        plugins.Write(file);
        if (parsed.GetValue(_json))
        {
            PluginReport.WriteJson(_streams.Out, file, plugins);
        }
        else
        {
            _streams.Out.WriteLine($"{file} pins {string.Join(", ", plugins.Plugins)}");
        }

        TellWhatIsPinnedHereOnly(file, catalog);
        return ExitCode.Done;
    }

    private void TellWhatIsPinnedHereOnly(string file, PluginCatalog catalog)
    {
        var here = Path.GetDirectoryName(file);
        string[] elsewhere = [.. catalog.Folders.Where(folder => Path.GetDirectoryName(folder) != here && HasPlugins(folder, catalog))];
        if (elsewhere.Length > 0)
        {
            _streams.Error.WriteLine(
                $"It counts for what is started in {here}. Started elsewhere, only a {PluginLock.FileName} beside the folder of plug-ins "
                    + $"counts, and this one is not beside {string.Join(", ", elsewhere)}.");
        }
    }

    private static bool HasPlugins(string folder, PluginCatalog catalog) => catalog.Entries.Any(
        plugin => plugin.Path?.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) == true);

    // Without the plug-ins' options: who looks for the cause of a mistake there must not stumble over it.
    private PluginSettings Read(ParseResult parsed) => LoggersConfiguration.ReadWithoutPlugins(_configuration.Load(parsed)).Plugins;
}
