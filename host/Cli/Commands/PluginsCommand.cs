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
            var folders = string.Join(", ", settings.Folders);
            _streams.Error.WriteLine($"There are no plug-ins in {folders}. A plug-in is a folder Name with a Name.dll in it.");
        }

        return ExitCode.Done;
    }

    private int Lock(ParseResult parsed)
    {
        // Found without the lock that there is: what is pinned is what is there, not what was allowed before.
        var plugins = PluginLock.Of(PluginCatalog.Discover(Read(parsed).Folders));
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

        return ExitCode.Done;
    }

    // Without the plug-ins' options: who looks for the cause of a mistake there must not stumble over it.
    private PluginSettings Read(ParseResult parsed) => LoggersConfiguration.ReadWithoutPlugins(_configuration.Load(parsed)).Plugins;
}
