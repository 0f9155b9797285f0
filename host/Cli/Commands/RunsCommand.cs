using System.CommandLine;
using PluginLoggers.Hosting;
using PluginLoggers.Hosting.Configuration;

namespace PluginLoggers.Cli.Commands;

/// <summary><c>pluginloggers runs</c>: the runs, their status, and for each backend what is delivered, behind, refused.</summary>
internal sealed class RunsCommand : Command
{
    private readonly ConfigurationOptions _configuration;
    private readonly StandardStreams _streams;
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    public RunsCommand(ConfigurationOptions configuration, StandardStreams streams)
        : base("runs", "Show the runs, how they stand, and what of them is delivered")
    {
        (_configuration, _streams) = (configuration, streams);
        Add(_json);
        SetAction(List);
    }

    private int List(ParseResult parsed)
    {
        var saveDir = LoggersConfiguration.ReadWithoutPlugins(_configuration.Load(parsed)).Run.SaveDir;
        var runs = new RunLibrary(saveDir).List().ToList();
        if (parsed.GetValue(_json))
        {
            RunsReport.WriteJson(_streams.Out, runs);
        }
        else if (runs.Count > 0)
        {
            RunsReport.WriteTable(Terminals.Create(_streams.Out, _streams.OutIsTerminal), runs);
        }
        else
        {
            _streams.Error.WriteLine($"There are no runs in {saveDir}.");
        }

        return ExitCode.Done;
    }
}
